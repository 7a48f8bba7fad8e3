namespace ProjectConsole.Components;

public sealed partial class HomePage
{
    private int _count;

    private void Count() => _count++;
}
