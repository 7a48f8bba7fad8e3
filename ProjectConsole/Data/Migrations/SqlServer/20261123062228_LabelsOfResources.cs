using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProjectConsole.Data.Migrations.SqlServer
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
                    ResourceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Label = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OrganizationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    LastUsedUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
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
                SELECT DISTINCT "Resources"."Id", CAST("Labels"."value" AS nvarchar(60)) COLLATE Latin1_General_100_BIN2, "OrganizationId", "OwnerId", "Kind", "Name", "CreatedUtc", "LastUsedUtc"
                FROM "Resources" CROSS APPLY OPENJSON("Resources"."Labels") AS "Labels"
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
                type: "nvarchar(1221)",
                maxLength: 1221,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.Sql(
                """
                UPDATE "Resources" SET "LabelText" = (SELECT CHAR(10) + STRING_AGG(CAST("Labels"."value" AS nvarchar(max)), CHAR(10)) + CHAR(10) FROM OPENJSON("Resources"."Labels") AS "Labels")
                WHERE "Labels" <> '[]'
                """);
        }
    }
}
