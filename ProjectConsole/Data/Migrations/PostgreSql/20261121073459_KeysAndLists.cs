using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.PostgreSql
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
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ActorThrough",
                table: "AuditEntries",
                type: "character varying(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "IdempotentCalls",
                columns: table => new
                {
                    ActorId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: true),
                    Location = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotentCalls", x => new { x.ActorId, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "PersonalTokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    PermissionNames = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SecretHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    FormerHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    FormerUntilUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ExpiresUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    RotatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    LastUsedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    RevokedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    RevokedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    IsOrganizationDefault = table.Column<bool>(type: "boolean", nullable: false),
                    Name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    PermissionNames = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SecretHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    FormerHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    FormerUntilUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ExpiresUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    RotatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    LastUsedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    RevokedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    RevokedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    Fingerprint = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
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
                filter: "\"IsOrganizationVisible\"");

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
