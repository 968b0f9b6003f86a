namespace LockAnalyzers.Runtime.Tests;

public sealed class BoundedFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void By_default_it_is_an_exclusive_lock_file()
    {
        using FileStream file = BoundedFile.Open(_directory.File("lock"));

        Assert.True(file.CanRead);
        Assert.True(file.CanWrite);
        IOException refusal = Assert.Throws<IOException>(() => File.Open(file.Name, FileMode.Open, FileAccess.Read, FileShare.Read));
        Assert.True(Contention.IsContention(refusal));
    }

    [Fact]
    public async Task The_budget_is_kept_and_the_refusal_is_the_cause()
    {
        using FileStream holder = BoundedFile.Open(_directory.File("lock"));
        var budget = new RetryBudget { MaxAttempts = 3, TimeProvider = new SteppingTime() };

        foreach (Func<Task<FileStream>> open in WaysToOpen(holder.Name, budget))
        {
            LockTimeoutException timeout = await Assert.ThrowsAsync<LockTimeoutException>(open);

            Assert.Equal((holder.Name, 3), (timeout.Resource, timeout.Attempts));
            Assert.True(Contention.IsContention(Assert.IsType<IOException>(timeout.InnerException)));
        }
    }

    [Fact]
    public async Task A_missing_directory_fails_at_once()
        => await FailsAtOnce<DirectoryNotFoundException>(Path.Combine(_directory.Path, "missing", "lock"));

    [Fact]
    public async Task A_directory_fails_at_once()
        => await FailsAtOnce<UnauthorizedAccessException>(_directory.Path);

    [Fact]
    public async Task An_empty_path_fails_at_once() => await FailsAtOnce<ArgumentException>("");

    [Fact]
    public async Task A_missing_path_fails_at_once() => await FailsAtOnce<ArgumentNullException>(null!);

    [Fact]
    public void An_existing_file_is_an_error_of_CreateNew_and_no_contention()
    {
        File.WriteAllText(_directory.File("file"), "");
        var time = new SteppingTime();

        Assert.Throws<IOException>(() => BoundedFile.Open(_directory.File("file"), FileMode.CreateNew, budget: new RetryBudget { TimeProvider = time }));

        Assert.Empty(time.Pauses);
    }

    [Fact]
    public void Append_is_opened_for_writing_as_File_Open_does()
    {
        File.WriteAllText(_directory.File("log"), "a");

        using (FileStream file = BoundedFile.Open(_directory.File("log"), FileMode.Append))
        {
            Assert.False(file.CanRead);
            file.Write("b"u8);
        }

        Assert.Equal("ab", File.ReadAllText(_directory.File("log")));
    }

    [Fact]
    public void Parameters_reach_the_stream()
    {
        using FileStream first = BoundedFile.Open(_directory.File("file"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, 0, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        using FileStream second = BoundedFile.Open(first.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

        Assert.True(first.IsAsync);
        Assert.False(first.CanRead);
        Assert.False(second.CanWrite);
        first.Dispose();
        Assert.False(File.Exists(first.Name));
    }

    [Fact]
    public async Task Options_reach_the_stream()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };

        using (FileStream file = BoundedFile.Open(_directory.File("file"), options))
        {
            Assert.True(file.IsAsync);
            Assert.False(file.CanRead);
        }

        await using FileStream again = await BoundedFile.OpenAsync(_directory.File("file"), options);
        Assert.True(again.IsAsync);
    }

    private async Task FailsAtOnce<TException>(string path)
        where TException : Exception
    {
        var time = new SteppingTime();
        foreach (Func<Task<FileStream>> open in WaysToOpen(path, new RetryBudget { TimeProvider = time }))
        {
            await Assert.ThrowsAnyAsync<TException>(open);
        }

        Assert.Empty(time.Pauses);
    }

    private static IEnumerable<Func<Task<FileStream>>> WaysToOpen(string path, RetryBudget budget)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        yield return () => Task.Run(() => BoundedFile.Open(path, budget: budget));
        yield return () => Task.Run(() => BoundedFile.Open(path, options, budget));
        yield return () => BoundedFile.OpenAsync(path, budget: budget);
        yield return () => BoundedFile.OpenAsync(path, options, budget);
    }
}
