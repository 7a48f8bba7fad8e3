using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class PeopleOfTeams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Principals_Id",
                table: "Principals");

            migrationBuilder.CreateIndex(
                name: "IX_Principals_Id_UserId",
                table: "Principals",
                columns: new[] { "Id", "UserId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Principals_Id_UserId",
                table: "Principals");

            migrationBuilder.CreateIndex(
                name: "IX_Principals_Id",
                table: "Principals",
                column: "Id");
        }
    }
}
