using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Resources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Resources_OrganizationId",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_ProjectId_Kind_Name",
                table: "Resources");

            migrationBuilder.AddColumn<DateTime>(
                name: "ChangedUtc",
                table: "Resources",
                type: "datetime2(6)",
                precision: 6,
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<string>(
                name: "CreatedByName",
                table: "Resources",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "Description",
                table: "Resources",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<bool>(
                name: "IsOrganizationVisible",
                table: "Resources",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "LabelText",
                table: "Resources",
                type: "nvarchar(1221)",
                maxLength: 1221,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "Labels",
                table: "Resources",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "LastUsedUtc",
                table: "Resources",
                type: "datetime2(6)",
                precision: 6,
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<Guid>(
                name: "OwnerId",
                table: "Resources",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "SpecText",
                table: "Resources",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTime>(
                name: "StateUtc",
                table: "Resources",
                type: "datetime2(6)",
                precision: 6,
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            // What was there before is its project's own.
            migrationBuilder.Sql("""
                UPDATE "Resources" SET "OwnerId" = "ProjectId", "ChangedUtc" = "CreatedUtc", "LastUsedUtc" = "CreatedUtc", "StateUtc" = "CreatedUtc",
                    "Labels" = '[]', "SpecText" = '{}', "CreatedByName" = COALESCE((SELECT "Email" FROM "Users" WHERE "Users"."Id" = "Resources"."CreatedBy"), '')
                """);

            migrationBuilder.CreateTable(
                name: "Limits",
                columns: table => new
                {
                    Scope = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    ScopeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Metric = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    SetBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SetByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SetUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Limits", x => new { x.ScopeId, x.Scope, x.Metric });
                });

            migrationBuilder.CreateTable(
                name: "PersonalSpaces",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    LeftUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonalSpaces", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PersonalSpaces_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ResourceLinks",
                columns: table => new
                {
                    FromId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ToId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Relation = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResourceLinks", x => new { x.FromId, x.ToId, x.Relation });
                    table.ForeignKey(
                        name: "FK_ResourceLinks_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceLinks_Resources_FromId",
                        column: x => x.FromId,
                        principalTable: "Resources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceLinks_Resources_ToId",
                        column: x => x.ToId,
                        principalTable: "Resources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ResourceSecrets",
                columns: table => new
                {
                    ResourceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Field = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Encrypted = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResourceSecrets", x => new { x.ResourceId, x.Field });
                    table.ForeignKey(
                        name: "FK_ResourceSecrets_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceSecrets_Resources_ResourceId",
                        column: x => x.ResourceId,
                        principalTable: "Resources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ResourceShares",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ResourceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FromOwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ToProjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ToWorkspaceId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Level = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    State = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    SharedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SharedByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SharedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    AnsweredByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    AnsweredUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResourceShares", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ResourceShares_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceShares_Projects_ToProjectId",
                        column: x => x.ToProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceShares_Resources_ResourceId",
                        column: x => x.ResourceId,
                        principalTable: "Resources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceShares_Workspaces_ToWorkspaceId",
                        column: x => x.ToWorkspaceId,
                        principalTable: "Workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ResourceStateChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ResourceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    WhenUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    ByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Because = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResourceStateChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ResourceStateChanges_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceStateChanges_Resources_ResourceId",
                        column: x => x.ResourceId,
                        principalTable: "Resources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Usages",
                columns: table => new
                {
                    OwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Metric = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Used = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Usages", x => new { x.OwnerId, x.Metric });
                    table.ForeignKey(
                        name: "FK_Usages_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.Sql("""
                INSERT INTO "Usages" ("OwnerId", "Metric", "OrganizationId", "Used")
                SELECT "OwnerId", "Kind", "OrganizationId", COUNT(*) FROM "Resources" GROUP BY "OwnerId", "Kind", "OrganizationId"
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Resources_CreatedBy",
                table: "Resources",
                column: "CreatedBy");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OrganizationId_Kind_Name",
                table: "Resources",
                columns: new[] { "OrganizationId", "Kind", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_Kind_CreatedUtc",
                table: "Resources",
                columns: new[] { "OwnerId", "Kind", "CreatedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_Kind_LastUsedUtc",
                table: "Resources",
                columns: new[] { "OwnerId", "Kind", "LastUsedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_Kind_Name",
                table: "Resources",
                columns: new[] { "OwnerId", "Kind", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_Kind_State_Name",
                table: "Resources",
                columns: new[] { "OwnerId", "Kind", "State", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc",
                table: "Resources",
                columns: new[] { "OwnerId", "LastUsedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_ProjectId",
                table: "Resources",
                column: "ProjectId");

            migrationBuilder.CreateIndex(
                name: "IX_PersonalSpaces_LeftUtc",
                table: "PersonalSpaces",
                column: "LeftUtc");

            migrationBuilder.CreateIndex(
                name: "IX_PersonalSpaces_OrganizationId_UserId",
                table: "PersonalSpaces",
                columns: new[] { "OrganizationId", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ResourceLinks_OrganizationId",
                table: "ResourceLinks",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_ResourceLinks_ToId_FromId",
                table: "ResourceLinks",
                columns: new[] { "ToId", "FromId" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceSecrets_OrganizationId",
                table: "ResourceSecrets",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_ResourceShares_FromOwnerId_State",
                table: "ResourceShares",
                columns: new[] { "FromOwnerId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceShares_OrganizationId",
                table: "ResourceShares",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_ResourceShares_ResourceId_State",
                table: "ResourceShares",
                columns: new[] { "ResourceId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceShares_ToProjectId_State",
                table: "ResourceShares",
                columns: new[] { "ToProjectId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceShares_ToWorkspaceId_State",
                table: "ResourceShares",
                columns: new[] { "ToWorkspaceId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceStateChanges_OrganizationId",
                table: "ResourceStateChanges",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_ResourceStateChanges_ResourceId_Id",
                table: "ResourceStateChanges",
                columns: new[] { "ResourceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Usages_OrganizationId",
                table: "Usages",
                column: "OrganizationId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Limits");

            migrationBuilder.DropTable(
                name: "PersonalSpaces");

            migrationBuilder.DropTable(
                name: "ResourceLinks");

            migrationBuilder.DropTable(
                name: "ResourceSecrets");

            migrationBuilder.DropTable(
                name: "ResourceShares");

            migrationBuilder.DropTable(
                name: "ResourceStateChanges");

            migrationBuilder.DropTable(
                name: "Usages");

            migrationBuilder.DropIndex(
                name: "IX_Resources_CreatedBy",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OrganizationId_Kind_Name",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_Kind_CreatedUtc",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_Kind_LastUsedUtc",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_Kind_Name",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_Kind_State_Name",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_ProjectId",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "ChangedUtc",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "CreatedByName",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "Description",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "IsOrganizationVisible",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "LabelText",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "Labels",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "LastUsedUtc",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "OwnerId",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "SpecText",
                table: "Resources");

            migrationBuilder.DropColumn(
                name: "StateUtc",
                table: "Resources");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OrganizationId",
                table: "Resources",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_ProjectId_Kind_Name",
                table: "Resources",
                columns: new[] { "ProjectId", "Kind", "Name" },
                unique: true,
                filter: "[ProjectId] IS NOT NULL");
        }
    }
}
