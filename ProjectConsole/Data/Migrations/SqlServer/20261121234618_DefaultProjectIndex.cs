using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class DefaultProjectIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Projects_Default",
                table: "Projects",
                column: "OrganizationId",
                unique: true,
                filter: "[IsDefault] = CAST(1 AS bit)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Projects_Default",
                table: "Projects");
        }
    }
}
