using LockAnalyzers.Catalog;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

public sealed class CatalogParserTests
{
    [Fact]
    public void A_bad_line_is_named_and_the_rest_counts()
    {
        var text = CatalogText.Read("mine.txt", """
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
            """.Split('\n'));
        var entries = CatalogEntries.Of([text]);

        Assert.Equal(["give_turn", "take_turn"], entries.NativeWaits.Keys.Order());
        Assert.All(text.Problems, problem => Assert.Equal("mine.txt", problem.Source));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], text.Problems.Select(problem => problem.Line).Order());
    }

    [Theory]
    [InlineData("native a waits=sometimes", "'sometimes' is none of: always, bits-clear, one-of, negative, null, true.")]
    [InlineData("native a arg=first", "'first' is not a number; it is decimal, or hexadecimal with 0x.")]
    [InlineData("native a colour=red", "'colour' is no key of a 'native' line; it has: on, arg, waits, names, try, busy, unlock, wakeable, timeout.")]
    [InlineData("native a arg=1 arg=2", "'arg' stands twice.")]
    [InlineData("native a arg", "'arg' is not of the form key=value.")]
    [InlineData("native", "'native' names no target; a line is 'kind target key=value ...'.")]
    [InlineData("nativ a", "'nativ' is no kind of catalog line; did you mean 'native'.")]
    [InlineData("mutex a", "'mutex' is no kind of catalog line.")]
    [InlineData("7 Some.Type.Member", "'7' is no kind of catalog line.")]
    [InlineData("native a arg=0xZZ", "'0xZZ' is not a number; it is decimal, or hexadecimal with 0x.")]
    [InlineData("native a arg=99999999999999999999", "'99999999999999999999' is not a number; it is decimal, or hexadecimal with 0x.")]
    [InlineData("native a arg=4294967296", "'4294967296' is too large a number here.")]
    [InlineData("native a waits=one-of", "'waits=one-of' names no values; it is waits=one-of:value,value.")]
    [InlineData("native a try=replace:1", "'1' is not of the form value>value.")]
    [InlineData("native a timeout=seconds", "'timeout' can only be 'milliseconds', not 'seconds'.")]
    [InlineData("native a arg=", "'arg=' has no value.")]
    [InlineData("wait A.B.C affine=true", "'affine' can only be 'yes', not 'true'.")]
    [InlineData("wait A.B.C on=5", "'5' is none of: lock, signal, condition, queue, task, thread, process, peer, client, input.")]
    [InlineData("wait-option A.B.C", "'A.B.C' names no option=parameter.")]
    [InlineData("root A.B.C", "A root needs a form.")]
    [InlineData("open A.B.C share=some", "'some' is none of: none, read, write, read-write, delete, inheritable.")]
    [InlineData("region A.B.C arg=1", "'arg' is no key of a 'region' line; it has none.")]
    [InlineData("wait Alone", "'Alone' is not of the form Namespace.Type.Member.")]
    [InlineData("words verbs", "'verbs' has no are=word,word.")]
    public void The_reason_says_what_is_wrong(string line, string reason)
    {
        Assert.Equal(new CatalogProblem("mine.txt", 1, reason), Assert.Single(CatalogText.Read("mine.txt", [line]).Problems));
    }

    [Fact]
    public void A_member_is_named_with_all_its_overloads()
    {
        Assert.Equal(new MemberName("System.Threading.Tasks.Task`1", "Result"), MemberName.Parse("System.Threading.Tasks.Task`1.Result"));
        Assert.Equal(new MemberName("System.IO.FileStream", ".ctor"), MemberName.Parse("System.IO.FileStream..ctor"));
    }
}
