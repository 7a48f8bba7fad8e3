using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Restrictions;

/// <summary>Ordered rules: written, reordered by dragging or by buttons, removed; each says what it does.</summary>
public sealed partial class RuleList
{
    private readonly string _patternsId = ControlIds.Next("patterns");
    private RestrictionRules _compiled = RestrictionRules.None;
    private RuleEntry? _dragged;
    private ElementReference _add;
    private ElementReference? _focus;
    private string? _told;

    /// <summary>The rules, which are changed in place.</summary>
    [Parameter, EditorRequired]
    public required List<RuleEntry> Rules { get; set; }

    /// <summary>Something about the rules was changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Whether they are only shown.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>What was refused.</summary>
    [Parameter]
    public Invalid? Errors { get; set; }

    protected override void OnParametersSet() => _compiled = RestrictionRules.Of([.. Rules.Select(rule => rule.Rule)]);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } element)
        {
            _focus = null;
            await element.FocusAsync();
        }
    }

    private async Task ChangeAsync(Action change)
    {
        change();
        await OnChanged.InvokeAsync();
    }

    private Task AddAsync()
    {
        _told = $"Rule {Rules.Count + 1} added";
        return ChangeAsync(() => Rules.Add(new RuleEntry()));
    }

    private Task RemoveAsync(RuleEntry rule, int position)
    {
        (_told, _focus) = ($"Rule {position + 1} removed", _add);
        return ChangeAsync(() => Rules.Remove(rule));
    }

    // The focus follows the rule; at an end it goes to the other button, because a disabled one cannot have it.
    private async Task MoveAsync(RuleEntry rule, int to, bool isUp)
    {
        await PlaceAsync(rule, to);
        _focus = (isUp && to > 0) || to == Rules.Count - 1 ? rule.Up : rule.Down;
    }

    private async Task DropAsync(int to)
    {
        if (_dragged is { } rule && Rules.Contains(rule))
        {
            await PlaceAsync(rule, to);
        }

        _dragged = null;
    }

    private Task PlaceAsync(RuleEntry rule, int to)
    {
        var from = Rules.IndexOf(rule);
        if (from == to || to < 0 || to >= Rules.Count)
        {
            return Task.CompletedTask;
        }

        _told = $"Rule {from + 1} is now rule {to + 1} of {Rules.Count}";
        return ChangeAsync(() =>
        {
            Rules.RemoveAt(from);
            Rules.Insert(to, rule);
        });
    }

    private string? ProblemOf(int position) =>
        Errors?.For(RestrictionDraft.FieldOf(position)) is { } refused && Rules[position].Rule.Pattern == "" ? refused
        : Rules[position].Rule.Pattern == "" ? null
        : RestrictionRules.PatternProblem(Rules[position].Pattern) ?? Errors?.For(RestrictionDraft.FieldOf(position));

    private string NoteOf(int position) =>
        ProblemOf(position) ?? (Rules[position].Rule is var rule && rule.Pattern == "" ? "Choose what the rule is about: clusters.*, *.delete or one permission."
        : !HasEffect(position) ? NoEffect(rule)
        : rule.Allows ? $"Spares {Matched(rule)} from the rules below."
        : $"Takes {Matched(rule)}, as far as no rule above spares them.");

    private string NoteClassOf(int position) => ProblemOf(position) is not null ? "rule-note text-danger"
        : Rules[position].Rule.Pattern != "" && !HasEffect(position) ? "rule-note text-warning"
        : "rule-note";

    private bool HasEffect(int position) => position < _compiled.Rules.Count && _compiled.HasEffect(position);

    private static string NoEffect(RestrictionRule rule) => rule.Allows
        ? "Has no effect: no rule below takes what it spares. An allow never adds to a role."
        : "Has no effect: other rules decide all that it matches.";

    private static string Matched(RestrictionRule rule) => AccessWords.Count(PermissionSet.Of(PermissionCatalogue.Project.Where(rule.Matches)));
}
