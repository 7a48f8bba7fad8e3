using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.SqlServer
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
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");
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
