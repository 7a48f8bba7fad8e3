namespace ProjectConsole.Domain.Installation;

/// <summary>The settings of the running system; one row, made when it is set up.</summary>
public sealed class InstallationSettings
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    private InstallationSettings()
    {
    }

    /// <summary>Notes that the installation is set up.</summary>
    public InstallationSettings(DateTime nowUtc) => (Id, SetUpUtc, Version) = (OnlyId, nowUtc, Guid.NewGuid());

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; private set; }

    /// <summary>Whether strangers may register an account.</summary>
    public bool RegistrationIsOpen { get; private set; }

    /// <summary>Whether everybody may create organizations, not only administrators.</summary>
    public bool EverybodyCreatesOrganizations { get; private set; }

    /// <summary>When it was set up, UTC.</summary>
    public DateTime SetUpUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Replaces the settings.</summary>
    public void Change(bool registrationIsOpen, bool everybodyCreatesOrganizations)
    {
        RegistrationIsOpen = registrationIsOpen;
        EverybodyCreatesOrganizations = everybodyCreatesOrganizations;
        Version = Guid.NewGuid();
    }
}
