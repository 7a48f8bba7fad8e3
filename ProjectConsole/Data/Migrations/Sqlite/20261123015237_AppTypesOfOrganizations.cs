using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AppTypesOfOrganizations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AppTypeText",
                table: "Organizations",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AppTypeText",
                table: "Organizations");
        }
    }
}
