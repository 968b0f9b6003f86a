using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Races;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Moves the limit of the race into the acquisition: the token, or the time-out where the call can say by its result or by an
/// exception that it ran out. A race whose outcome is used in any other way is left to its author.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK108RacedAcquisitionCodeFix))]
public sealed class LOCK108RacedAcquisitionCodeFix : LockCodeFix
{
    public const string TokenKey = "LOCK108.Token";
    public const string TimeoutKey = "LOCK108.Timeout";

    public LOCK108RacedAcquisitionCodeFix()
        : base(LOCK108RacedAcquisitionAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (site.Model.GetOperation(site.Node, site.Cancellation) is not IInvocationOperation call || Race.Find(call, site.Context.Catalog) is not { } race)
            yield break;
        if (RaceLimit.ByToken(site, race) is { } token)
            yield return new Edit("Pass the token into the acquisition", TokenKey, token);
        else if (RaceLimit.ByTimeout(site, race) is { } timeout)
            yield return new Edit("Give the time-out to the acquisition", TimeoutKey, timeout);
    }
}
