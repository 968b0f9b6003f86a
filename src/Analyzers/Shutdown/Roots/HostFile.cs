using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockAnalyzers.Shutdown.Roots;

/// <summary>A file in which a host runs the process: the host takes the signals for itself and keeps the process alive.</summary>
internal static class HostFile
{
    public static bool Is(SyntaxTree file, ResolvedCatalog catalog, CancellationToken cancellation) =>
        file.GetRoot(cancellation).DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && catalog.Words.Of("host-type").Contains(token.ValueText));
}
