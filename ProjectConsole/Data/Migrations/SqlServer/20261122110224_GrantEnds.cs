using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class GrantEnds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc_Kind_Name_State",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Grants_ExpiresUtc",
                table: "Grants");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc_Kind_Name_State_CreatedBy",
                table: "Resources",
                columns: new[] { "OwnerId", "LastUsedUtc", "Kind", "Name", "State", "CreatedBy" });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_ExpiresUtc",
                table: "Grants",
                column: "ExpiresUtc",
                filter: "\"ExpiresUtc\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc_Kind_Name_State_CreatedBy",
                table: "Resources");

            migrationBuilder.DropIndex(
                name: "IX_Grants_ExpiresUtc",
                table: "Grants");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_LastUsedUtc_Kind_Name_State",
                table: "Resources",
                columns: new[] { "OwnerId", "LastUsedUtc", "Kind", "Name", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_ExpiresUtc",
                table: "Grants",
                column: "ExpiresUtc");
        }
    }
}
