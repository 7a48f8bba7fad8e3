using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class KeysOfOutsiders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsOfOutsider",
                table: "ProjectKeys",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Nobody noted who had a secret: keys whose maker is no member now count as those of people from outside.
            migrationBuilder.Sql(
                """
                UPDATE "ProjectKeys" SET "IsOfOutsider" = TRUE
                WHERE "IsOrganizationDefault" = FALSE AND NOT EXISTS (
                    SELECT 1 FROM "Members" WHERE "Members"."OrganizationId" = "ProjectKeys"."OrganizationId" AND "Members"."UserId" = "ProjectKeys"."CreatedBy")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsOfOutsider",
                table: "ProjectKeys");
        }
    }
}
