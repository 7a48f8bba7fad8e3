using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class KeysAndLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Projects_OrganizationId_NameFolded_Slug_State",
                table: "Projects");

            migrationBuilder.DropIndex(
                name: "IX_Grants_ProjectId_RoleKey_PrincipalId",
                table: "Grants");

            migrationBuilder.AddColumn<int>(
                name: "LongestKeyLifeDays",
                table: "Organizations",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ActorThrough",
                table: "AuditEntries",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateTable(
                name: "IdempotentCalls",
                columns: table => new
                {
                    ActorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Fingerprint = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    Status = table.Column<int>(type: "int", nullable: true),
                    Location = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Body = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotentCalls", x => new { x.ActorId, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "PersonalTokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PermissionNames = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    SecretHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FormerHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FormerUntilUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    ExpiresUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    CreatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    RotatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    LastUsedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    RevokedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    RevokedByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonalTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PersonalTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProjectKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CreatedByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    IsOrganizationDefault = table.Column<bool>(type: "bit", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PermissionNames = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    SecretHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FormerHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FormerUntilUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    ExpiresUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    CreatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    RotatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    LastUsedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    RevokedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    RevokedByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProjectKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProjectKeys_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ProjectKeys_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SshKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Fingerprint = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SshKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SshKeys_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OrganizationId_CreatedUtc",
                table: "Resources",
                columns: new[] { "OrganizationId", "CreatedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OrganizationId_LastUsedUtc",
                table: "Resources",
                columns: new[] { "OrganizationId", "LastUsedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OrganizationId_Name",
                table: "Resources",
                columns: new[] { "OrganizationId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_VisibleToOrganization",
                table: "Resources",
                columns: new[] { "OrganizationId", "Kind", "Name" },
                filter: "[IsOrganizationVisible] = CAST(1 AS bit)");

            migrationBuilder.CreateIndex(
                name: "IX_Projects_OrganizationId_SearchText_State",
                table: "Projects",
                columns: new[] { "OrganizationId", "SearchText", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_ProjectId_RoleKey_PrincipalId_IsUpgrade_ExpiresUtc",
                table: "Grants",
                columns: new[] { "ProjectId", "RoleKey", "PrincipalId", "IsUpgrade", "ExpiresUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_IdempotentCalls_CreatedUtc",
                table: "IdempotentCalls",
                column: "CreatedUtc");

            migrationBuilder.CreateIndex(
                name: "IX_PersonalTokens_UserId_CreatedUtc",
                table: "PersonalTokens",
                columns: new[] { "UserId", "CreatedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_ProjectKeys_CreatedBy_OrganizationId",
                table: "ProjectKeys",
                columns: new[] { "CreatedBy", "OrganizationId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProjectKeys_OrganizationId",
                table: "ProjectKeys",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_ProjectKeys_ProjectId_CreatedUtc",
                table: "ProjectKeys",
                columns: new[] { "ProjectId", "CreatedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_SshKeys_Fingerprint",
                table: "SshKeys",
                column: "Fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_SshKeys_UserId_Fingerprint",
                table: "SshKeys",
                columns: new[] { "UserId", "Fingerprint" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "IdempotentCalls");

            migrationBuilder.DropTable(
                name: "PersonalTokens");

            migrationBuilder.DropTable(
                name: "ProjectKeys");

            migrationBuilder.DropTable(
                name: "SshKeys");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OrganizationId_CreatedUtc",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OrganizationId_LastUsedUtc",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OrganizationId_Name",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_VisibleToOrganization",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Projects_OrganizationId_SearchText_State",
                table: "Projects");

            migrationBuilder.DropIndex(
                name: "IX_Grants_ProjectId_RoleKey_PrincipalId_IsUpgrade_ExpiresUtc",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "LongestKeyLifeDays",
                table: "Organizations");

            migrationBuilder.DropColumn(
                name: "ActorThrough",
                table: "AuditEntries");

            migrationBuilder.CreateIndex(
                name: "IX_Projects_OrganizationId_NameFolded_Slug_State",
                table: "Projects",
                columns: new[] { "OrganizationId", "NameFolded", "Slug", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_ProjectId_RoleKey_PrincipalId",
                table: "Grants",
                columns: new[] { "ProjectId", "RoleKey", "PrincipalId" });
        }
    }
}
