using LockAnalyzers.Catalog;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

public sealed class CatalogParserTests
{
    [Fact]
    public void A_bad_line_is_named_and_the_rest_counts()
    {
        var builder = new CatalogEntries.Builder();
        builder.Add("mine.txt", """
            # my own locks
            native take_turn arg=0 waits=one-of:1   # 1 waits
            native
            nativ take_turn
            native a waits=sometimes
            native b arg=first
            native c arg=1 arg=2
            native d arg
            wait NoNamespace
            native give_turn waits=always
            """);
        var entries = builder.ToEntries();

        Assert.Equal(["give_turn", "take_turn"], entries.NativeWaits.Keys.Order());
        Assert.All(entries.Problems, problem => Assert.Equal("mine.txt", problem.Source));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], entries.Problems.Select(problem => problem.Line).Order());
    }

    [Theory]
    [InlineData("native a waits=sometimes", "'sometimes' is none of: Always, BitsClear, OneOf, Negative, Null, True.")]
    [InlineData("native a arg=first", "'first' is not a number.")]
    [InlineData("native a colour=red", "'colour' is no key of a 'native' line; it has: arg, waits, names, try, busy, unlock, wakeable, timeout.")]
    [InlineData("native a arg=1 arg=2", "'arg' stands twice.")]
    [InlineData("native a arg", "'arg' is not of the form key=value.")]
    [InlineData("native", "'native' names no target; a line is 'kind target key=value ...'.")]
    [InlineData("nativ a", "'nativ' is no kind of catalog line.")]
    [InlineData("wait Alone", "'Alone' is not of the form Namespace.Type.Member.")]
    [InlineData("words verbs", "'verbs' has no are=word,word.")]
    public void The_reason_says_what_is_wrong(string line, string reason)
    {
        var builder = new CatalogEntries.Builder();
        builder.Add("mine.txt", line);
        Assert.Equal(new CatalogProblem("mine.txt", 1, reason), Assert.Single(builder.ToEntries().Problems));
    }

    [Fact]
    public void A_member_is_named_with_all_its_overloads()
    {
        Assert.Equal(new MemberName("System.Threading.Tasks.Task`1", "Result"), MemberName.Parse("System.Threading.Tasks.Task`1.Result"));
        Assert.Equal(new MemberName("System.IO.FileStream", ".ctor"), MemberName.Parse("System.IO.FileStream..ctor"));
    }
}
