using LockAnalyzers.Naming;

namespace LockAnalyzers.Analyzers.Tests.Naming;

public sealed class WordsTests
{
    [Theory]
    [InlineData("waitForLock", "wait for lock")]
    [InlineData("LOCK_NB", "lock nb")]
    [InlineData("_isBlocking", "is blocking")]
    [InlineData("IOLock", "io lock")]
    [InlineData("Int32Lock", "int 32 lock")]
    [InlineData("Unlock", "unlock")]
    [InlineData("l_type", "l type")]
    [InlineData("", "")]
    [InlineData("x", "x")]
    public void An_identifier_falls_into_its_words(string identifier, string words) => Assert.Equal(words, string.Join(' ', Words.Of(identifier)));
}
