namespace ProjectConsole.Features.Sample;

/// <summary>Documentation of the sample projects.</summary>
internal static class SampleTexts
{
    public const string DefaultDocumentation = """
        ## Purpose

        Trying things out. Whatever is to stay gets a project of its own.

        ## Owners

        Everybody in acme. Questions: org-admin@acme.test.

        ## Custom roles

        None.

        ## Dependencies

        None that matter.
        """;

    public const string VisionDocumentation = """
        ## Purpose

        Find and name what stands and moves on a road: signs, lanes, vehicles, people.

        Train on `gpu-a100` clusters and stop them when a sweep ends. A model goes to Production only after its evaluation passes on `street-scenes`.

        ## Owners

        - Data and labels: manager@acme.test
        - Clusters: project-admin@acme.test

        ## Custom roles

        None yet.

        ## Dependencies

        | what | from |
        |---|---|
        | Image decoding service | Staging |
        | Street recordings | the survey team, weekly |
        """;

    public const string SpeechDocumentation = """
        ## Purpose

        Understand callers and answer them. Word error rate below 8 % in every language before a release.

        ## Owners

        project-admin@acme.test, with external@partner.test for acoustic models.

        ## Custom roles

        None.

        ## Dependencies

        Recordings carry consent numbers; never copy them out of `call-recordings`.
        """;

    public const string StagingDocumentation = """
        ## Purpose

        The last stop before production. Emptied every Sunday night.

        ## Owners

        project-admin@acme.test

        ## Custom roles

        None.

        ## Dependencies

        Models of Vision and Speech.
        """;
}
