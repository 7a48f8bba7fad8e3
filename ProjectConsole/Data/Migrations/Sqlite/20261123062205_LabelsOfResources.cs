using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LabelsOfResources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LabelText",
                table: "Resources");

            migrationBuilder.CreateTable(
                name: "ResourceLabels",
                columns: table => new
                {
                    ResourceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    OrganizationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    LastUsedUtc = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResourceLabels", x => new { x.ResourceId, x.Label });
                    table.ForeignKey(
                        name: "FK_ResourceLabels_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ResourceLabels_Resources_ResourceId",
                        column: x => x.ResourceId,
                        principalTable: "Resources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO "ResourceLabels" ("ResourceId", "Label", "OrganizationId", "OwnerId", "Kind", "Name", "CreatedUtc", "LastUsedUtc")
                SELECT DISTINCT "Resources"."Id", "Labels"."value", "OrganizationId", "OwnerId", "Kind", "Name", "CreatedUtc", "LastUsedUtc"
                FROM "Resources", json_each("Resources"."Labels") AS "Labels"
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Resources_OwnerId_CreatedBy",
                table: "Resources",
                columns: new[] { "OwnerId", "CreatedBy" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceLabels_OrganizationId_Label_CreatedUtc",
                table: "ResourceLabels",
                columns: new[] { "OrganizationId", "Label", "CreatedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceLabels_OrganizationId_Label_LastUsedUtc_Kind_OwnerId",
                table: "ResourceLabels",
                columns: new[] { "OrganizationId", "Label", "LastUsedUtc", "Kind", "OwnerId" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceLabels_OrganizationId_Label_Name",
                table: "ResourceLabels",
                columns: new[] { "OrganizationId", "Label", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_ResourceLabels_OwnerId_Label_LastUsedUtc_Kind",
                table: "ResourceLabels",
                columns: new[] { "OwnerId", "Label", "LastUsedUtc", "Kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ResourceLabels");

            migrationBuilder.DropIndex(
                name: "IX_Resources_OwnerId_CreatedBy",
                table: "Resources");

            migrationBuilder.AddColumn<string>(
                name: "LabelText",
                table: "Resources",
                type: "TEXT",
                maxLength: 1221,
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql(
                """
                UPDATE "Resources" SET "LabelText" = (SELECT char(10) || group_concat("value", char(10)) || char(10) FROM json_each("Resources"."Labels"))
                WHERE "Labels" <> '[]'
                """);
        }
    }
}
