using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ListIndexes : Migration
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

            migrationBuilder.CreateIndex(
                name: "IX_Projects_OrganizationId_SearchText_State",
                table: "Projects",
                columns: new[] { "OrganizationId", "SearchText", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_ProjectId_RoleKey_PrincipalId_IsUpgrade_ExpiresUtc",
                table: "Grants",
                columns: new[] { "ProjectId", "RoleKey", "PrincipalId", "IsUpgrade", "ExpiresUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Projects_OrganizationId_SearchText_State",
                table: "Projects");

            migrationBuilder.DropIndex(
                name: "IX_Grants_ProjectId_RoleKey_PrincipalId_IsUpgrade_ExpiresUtc",
                table: "Grants");

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
