using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class IdempotentAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Location",
                table: "IdempotentCalls");

            migrationBuilder.DropColumn(
                name: "Status",
                table: "IdempotentCalls");

            migrationBuilder.RenameColumn(
                name: "Body",
                table: "IdempotentCalls",
                newName: "Answer");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Answer",
                table: "IdempotentCalls",
                newName: "Body");

            migrationBuilder.AddColumn<string>(
                name: "Location",
                table: "IdempotentCalls",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Status",
                table: "IdempotentCalls",
                type: "INTEGER",
                nullable: true);
        }
    }
}
