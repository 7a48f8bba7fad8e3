using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ResourceLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
        }
    }
}
