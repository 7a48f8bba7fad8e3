using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ResourceOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Resources_CreatedBy",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_Kind_LastUsedUtc",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc",
                table: "Resources");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_CreatedBy_OwnerId_Kind_Name",
                table: "Resources",
                columns: new[] { "CreatedBy", "OwnerId", "Kind", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OrganizationId_Kind_LastUsedUtc",
                table: "Resources",
                columns: new[] { "OrganizationId", "Kind", "LastUsedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_Kind_LastUsedUtc_Name_State",
                table: "Resources",
                columns: new[] { "OwnerId", "Kind", "LastUsedUtc", "Name", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc_Kind_Name_State",
                table: "Resources",
                columns: new[] { "OwnerId", "LastUsedUtc", "Kind", "Name", "State" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Resources_CreatedBy_OwnerId_Kind_Name",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OrganizationId_Kind_LastUsedUtc",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_Kind_LastUsedUtc_Name_State",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc_Kind_Name_State",
                table: "Resources");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_CreatedBy",
                table: "Resources",
                column: "CreatedBy");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_Kind_LastUsedUtc",
                table: "Resources",
                columns: new[] { "OwnerId", "Kind", "LastUsedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc",
                table: "Resources",
                columns: new[] { "OwnerId", "LastUsedUtc" });
        }
    }
}
