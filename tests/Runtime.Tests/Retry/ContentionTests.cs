namespace LockAnalyzers.Runtime.Tests;

public class ContentionTests
{
    private const int Linux = 11;
    private const int MacOS = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int FileExists = 17;
    private const int DiskFull = 28;
    private const int AccessDenied = unchecked((int)0x80070005);

    [Theory]
    [InlineData(Linux, Linux)]
    [InlineData(MacOS, MacOS)]
    [InlineData(Linux, SharingViolation)]
    [InlineData(Linux, LockViolation)]
    public void Held_by_somebody_else(int system, int error)
        => Assert.True(Contention.IsContention(new IOException("held", error), system));

    [Theory]
    [InlineData(Linux, MacOS)] // EDEADLK on Linux
    [InlineData(MacOS, Linux)] // EDEADLK on macOS
    [InlineData(Linux, FileExists)]
    [InlineData(Linux, DiskFull)]
    [InlineData(Linux, AccessDenied)]
    public void Another_error(int system, int error)
        => Assert.False(Contention.IsContention(new IOException("other", error), system));

    [Fact]
    public void An_IOException_without_a_code_is_no_contention()
        => Assert.False(Contention.IsContention(new IOException()));

    [Fact]
    public void The_code_alone_is_not_enough()
    {
        Assert.False(Contention.IsContention(new FileNotFoundException { HResult = SharingViolation }));
        Assert.False(Contention.IsContention(new InvalidOperationException { HResult = SharingViolation }));
        Assert.False(Contention.IsContention(new UnauthorizedAccessException { HResult = SharingViolation }));
    }

    [Fact]
    public void An_exception_is_needed()
        => Assert.Throws<ArgumentNullException>("exception", () => Contention.IsContention(null!));

    [Fact]
    public void What_this_system_says_of_a_held_file_is_contention()
    {
        using var directory = new TemporaryDirectory();
        using FileStream holder = File.Open(directory.File("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        IOException refusal = Assert.Throws<IOException>(() => File.ReadAllText(holder.Name));

        Assert.True(Contention.IsContention(refusal));
    }

    [Fact]
    public void What_this_system_says_of_an_existing_file_is_none()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("file"), "");

        IOException refusal = Assert.Throws<IOException>(() => new FileStream(directory.File("file"), FileMode.CreateNew));

        Assert.False(Contention.IsContention(refusal));
    }
}
