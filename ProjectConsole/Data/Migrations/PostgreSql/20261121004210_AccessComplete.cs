using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ProjectConsole.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class AccessComplete : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Grants_PrincipalId_ProjectId",
                table: "Grants");

            migrationBuilder.DropIndex(
                name: "IX_Grants_PrincipalId_WorkspaceId",
                table: "Grants");

            migrationBuilder.AddColumn<DateTime>(
                name: "SinceUtc",
                table: "Principals",
                type: "timestamp(6) with time zone",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "AllowsGrantsBesideTeams",
                table: "Organizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Joining",
                table: "Organizations",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "IsUpgrade",
                table: "Grants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "RestrictionId",
                table: "Grants",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AccessRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    Slug = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    AwaitsLookup = table.Column<bool>(type: "boolean", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    RoleKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    Hours = table.Column<int>(type: "integer", nullable: true),
                    RequestedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    AnsweredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AnsweredByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Answer = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    AnsweredUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccessRequests_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccessRequests_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccessRequests_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AccessReviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: false),
                    StartedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    StartedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    DueUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Unanswered = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    RemindedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ClosedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ClosedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessReviews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccessReviews_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccessReviews_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Invitations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    NormalizedEmail = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    OrganizationRoleKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    ProjectRoleKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    GrantExpiresUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    TokenHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    InvitedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    InvitedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    SentUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    ExpiresUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ClosedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invitations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Invitations_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Invitations_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OrganizationRoles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    NameFolded = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    RightNames = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    InEveryProject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    CeilingNames = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AdmitsAdmin = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrganizationRoles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OrganizationRoles_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OutgoingMails",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    To = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    NextUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    SentUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutgoingMails", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProjectRoles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    NameFolded = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    BasedOn = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    PermissionNames = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    GivesAdmin = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProjectRoles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProjectRoles_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ProjectRoles_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Restrictions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    NameFolded = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    RuleText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SparesAdmin = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Restrictions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Restrictions_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Restrictions_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Teams",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Slug = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    NameFolded = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Teams", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Teams_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AccessReviewRows",
                columns: table => new
                {
                    ReviewId = table.Column<Guid>(type: "uuid", nullable: false),
                    PrincipalId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    IsTeam = table.Column<bool>(type: "boolean", nullable: false),
                    Name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    RoleKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    RoleTitle = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    LastUseUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Answer = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    NewRoleKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    AnsweredByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    AnsweredUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessReviewRows", x => new { x.ReviewId, x.PrincipalId });
                    table.ForeignKey(
                        name: "FK_AccessReviewRows_AccessReviews_ReviewId",
                        column: x => x.ReviewId,
                        principalTable: "AccessReviews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Assertions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganizationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    Form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    PermissionName = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: true),
                    RoleKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    CreatedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Assertions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Assertions_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Assertions_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Assertions_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_ExpiresUtc",
                table: "Grants",
                column: "ExpiresUtc");

            migrationBuilder.CreateIndex(
                name: "IX_Grants_OrganizationId_RoleKey",
                table: "Grants",
                columns: new[] { "OrganizationId", "RoleKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Grants_PrincipalId_ProjectId_IsUpgrade",
                table: "Grants",
                columns: new[] { "PrincipalId", "ProjectId", "IsUpgrade" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grants_PrincipalId_WorkspaceId_IsUpgrade",
                table: "Grants",
                columns: new[] { "PrincipalId", "WorkspaceId", "IsUpgrade" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grants_RestrictionId",
                table: "Grants",
                column: "RestrictionId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessRequests_AwaitsLookup_RequestedUtc",
                table: "AccessRequests",
                columns: new[] { "AwaitsLookup", "RequestedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessRequests_OrganizationId",
                table: "AccessRequests",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessRequests_ProjectId_State_RequestedUtc",
                table: "AccessRequests",
                columns: new[] { "ProjectId", "State", "RequestedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessRequests_UserId_OrganizationId_State",
                table: "AccessRequests",
                columns: new[] { "UserId", "OrganizationId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessReviews_ClosedUtc_DueUtc",
                table: "AccessReviews",
                columns: new[] { "ClosedUtc", "DueUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessReviews_OrganizationId",
                table: "AccessReviews",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessReviews_ProjectId_StartedUtc",
                table: "AccessReviews",
                columns: new[] { "ProjectId", "StartedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Assertions_OrganizationId",
                table: "Assertions",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_Assertions_ProjectId",
                table: "Assertions",
                column: "ProjectId");

            migrationBuilder.CreateIndex(
                name: "IX_Assertions_TeamId",
                table: "Assertions",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_NormalizedEmail_State",
                table: "Invitations",
                columns: new[] { "NormalizedEmail", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_OrganizationId_SentUtc",
                table: "Invitations",
                columns: new[] { "OrganizationId", "SentUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_ProjectId_SentUtc",
                table: "Invitations",
                columns: new[] { "ProjectId", "SentUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_TokenHash",
                table: "Invitations",
                column: "TokenHash");

            migrationBuilder.CreateIndex(
                name: "IX_OrganizationRoles_Key",
                table: "OrganizationRoles",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OrganizationRoles_OrganizationId_NameFolded",
                table: "OrganizationRoles",
                columns: new[] { "OrganizationId", "NameFolded" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_NextUtc",
                table: "OutgoingMails",
                column: "NextUtc");

            migrationBuilder.CreateIndex(
                name: "IX_ProjectRoles_Key",
                table: "ProjectRoles",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProjectRoles_OrganizationId",
                table: "ProjectRoles",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_ProjectRoles_OwnerId_NameFolded",
                table: "ProjectRoles",
                columns: new[] { "OwnerId", "NameFolded" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProjectRoles_ProjectId",
                table: "ProjectRoles",
                column: "ProjectId");

            migrationBuilder.CreateIndex(
                name: "IX_Restrictions_OrganizationId",
                table: "Restrictions",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_Restrictions_OwnerId_NameFolded",
                table: "Restrictions",
                columns: new[] { "OwnerId", "NameFolded" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Restrictions_ProjectId",
                table: "Restrictions",
                column: "ProjectId");

            migrationBuilder.CreateIndex(
                name: "IX_Teams_OrganizationId_NameFolded",
                table: "Teams",
                columns: new[] { "OrganizationId", "NameFolded" });

            migrationBuilder.CreateIndex(
                name: "IX_Teams_OrganizationId_Slug",
                table: "Teams",
                columns: new[] { "OrganizationId", "Slug" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Grants_Restrictions_RestrictionId",
                table: "Grants",
                column: "RestrictionId",
                principalTable: "Restrictions",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Grants_Restrictions_RestrictionId",
                table: "Grants");

            migrationBuilder.DropTable(
                name: "AccessRequests");

            migrationBuilder.DropTable(
                name: "AccessReviewRows");

            migrationBuilder.DropTable(
                name: "Assertions");

            migrationBuilder.DropTable(
                name: "Invitations");

            migrationBuilder.DropTable(
                name: "OrganizationRoles");

            migrationBuilder.DropTable(
                name: "OutgoingMails");

            migrationBuilder.DropTable(
                name: "ProjectRoles");

            migrationBuilder.DropTable(
                name: "Restrictions");

            migrationBuilder.DropTable(
                name: "AccessReviews");

            migrationBuilder.DropTable(
                name: "Teams");

            migrationBuilder.DropIndex(
                name: "IX_Grants_ExpiresUtc",
                table: "Grants");

            migrationBuilder.DropIndex(
                name: "IX_Grants_OrganizationId_RoleKey",
                table: "Grants");

            migrationBuilder.DropIndex(
                name: "IX_Grants_PrincipalId_ProjectId_IsUpgrade",
                table: "Grants");

            migrationBuilder.DropIndex(
                name: "IX_Grants_PrincipalId_WorkspaceId_IsUpgrade",
                table: "Grants");

            migrationBuilder.DropIndex(
                name: "IX_Grants_RestrictionId",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "SinceUtc",
                table: "Principals");

            migrationBuilder.DropColumn(
                name: "AllowsGrantsBesideTeams",
                table: "Organizations");

            migrationBuilder.DropColumn(
                name: "Joining",
                table: "Organizations");

            migrationBuilder.DropColumn(
                name: "IsUpgrade",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "RestrictionId",
                table: "Grants");

            migrationBuilder.CreateIndex(
                name: "IX_Grants_PrincipalId_ProjectId",
                table: "Grants",
                columns: new[] { "PrincipalId", "ProjectId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grants_PrincipalId_WorkspaceId",
                table: "Grants",
                columns: new[] { "PrincipalId", "WorkspaceId" },
                unique: true);
        }
    }
}
