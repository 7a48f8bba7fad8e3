using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ProjectConsole.Data.Migrations.PostgreSql
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
                type: "timestamp(6) with time zone",
                precision: 6,
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<string>(
                name: "CreatedByName",
                table: "Resources",
                type: "character varying(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Description",
                table: "Resources",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "IsOrganizationVisible",
                table: "Resources",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "LabelText",
                table: "Resources",
                type: "character varying(1221)",
                maxLength: 1221,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Labels",
                table: "Resources",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "LastUsedUtc",
                table: "Resources",
                type: "timestamp(6) with time zone",
                precision: 6,
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<Guid>(
                name: "OwnerId",
                table: "Resources",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "SpecText",
                table: "Resources",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "StateUtc",
                table: "Resources",
                type: "timestamp(6) with time zone",
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
                    Scope = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ScopeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Metric = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: true),
                    SetBy = table.Column<Guid>(type: "uuid", nullable: false),
                    SetByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    SetUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Limits", x => new { x.ScopeId, x.Scope, x.Metric });
                });

            migrationBuilder.CreateTable(
                name: "PersonalSpaces",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    LeftUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
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
                    FromId = table.Column<Guid>(type: "uuid", nullable: false),
                    ToId = table.Column<Guid>(type: "uuid", nullable: false),
                    Relation = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false)
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
                    ResourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Field = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Encrypted = table.Column<string>(type: "text", nullable: false, collation: "C")
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ResourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    FromOwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    ToProjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    ToWorkspaceId = table.Column<Guid>(type: "uuid", nullable: true),
                    Level = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    SharedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    SharedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    SharedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    AnsweredByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    AnsweredUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
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
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ResourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    WhenUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    ByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Because = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C")
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
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Metric = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
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
                unique: true);
        }
    }
}
