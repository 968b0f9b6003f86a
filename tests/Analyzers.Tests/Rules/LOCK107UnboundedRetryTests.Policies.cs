using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK107UnboundedRetryAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK107UnboundedRetryCodeFix>;
using CodeFix = LockAnalyzers.CodeFixes.Rules.LOCK107UnboundedRetryCodeFix;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK107UnboundedRetryTests
{
    private static string Policies(string members) => """
        using System;
        using System.IO;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Polly;
        using Polly.Retry;

        interface IStore { IDisposable AcquireLock(); Task<bool> TryLockAsync(); void Send(); }
        class Depot
        {

        """ + members + "\n}\n";

    public sealed class Policy_without_a_limit
    {
        [Theory]
        [InlineData("Policy.Handle<IOException>().[|RetryForever|]().Execute(() => File.Open(path, FileMode.OpenOrCreate));")]
        [InlineData("Policy.Handle<IOException>().[|WaitAndRetryForever|](_ => TimeSpan.FromSeconds(1)).Execute(() => File.Open(path, FileMode.OpenOrCreate));")]
        [InlineData("Policy.Handle<IOException>().[|WaitAndRetryForever|](_ => TimeSpan.FromSeconds(1)).Execute(() => store.AcquireLock());")]
        [InlineData("await Policy.Handle<IOException>().[|RetryForeverAsync|]().ExecuteAsync(() => Task.FromResult(File.Open(path, FileMode.OpenOrCreate)));")]
        [InlineData("await Policy.HandleResult(false).[|WaitAndRetryForeverAsync|](_ => TimeSpan.FromSeconds(1)).ExecuteAsync(() => store.TryLockAsync());")]
        [InlineData("var policy = Policy.HandleResult(false).[|RetryForeverAsync|](); await policy.ExecuteAsync(() => store.TryLockAsync());")]
        [InlineData("new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|], Delay = TimeSpan.FromSeconds(1) }).Build().Execute(() => File.Open(path, FileMode.OpenOrCreate));")]
        [InlineData("var pipeline = new ResiliencePipelineBuilder<bool>().AddRetry(new() { [|MaxRetryAttempts = int.MaxValue|] }).Build(); await pipeline.ExecuteAsync(async _ => await store.TryLockAsync());")]
        [InlineData("var options = new RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|] }; new ResiliencePipelineBuilder().AddRetry(options).Build().Execute(() => store.AcquireLock());")]
        public Task Is_reported(string story) => Verify.Reports(Policies($$"""
                async Task Hold(string path, IStore store) { {{story}} await Task.Yield(); }
            """));

        [Fact]
        public Task Is_reported_where_a_field_keeps_it() => Verify.Reports(Policies("""
                private static readonly RetryPolicy Patient = Policy.Handle<IOException>().[|WaitAndRetryForever|](_ => TimeSpan.FromSeconds(1));
                private readonly ResiliencePipeline _pipeline;
                public Depot() => _pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|] }).Build();
                FileStream Hold(string path) => Patient.Execute(() => File.Open(path, FileMode.OpenOrCreate));
                FileStream HoldToo(string path) => this._pipeline.Execute(() => File.Open(path, FileMode.OpenOrCreate));
            """));

        [Theory]
        [InlineData("Policy.Handle<IOException>().Retry(3).Execute(() => File.Open(path, FileMode.OpenOrCreate));")]
        [InlineData("Policy.Handle<IOException>().WaitAndRetryForever(_ => TimeSpan.FromSeconds(1)).Execute(_ => File.Open(path, FileMode.OpenOrCreate), stop);")]
        [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryForever(_ => TimeSpan.FromSeconds(1)).Execute(() => store.Send());")]
        [InlineData("Policy.Timeout(10).Wrap(Policy.Handle<IOException>().RetryForever()).Execute(() => File.Open(path, FileMode.OpenOrCreate));")]
        [InlineData("new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(10)).AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }).Build().Execute(() => File.Open(path, FileMode.OpenOrCreate));")]
        [InlineData("new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 5 }).Build().Execute(() => File.Open(path, FileMode.OpenOrCreate));")]
        [InlineData("await new ResiliencePipelineBuilder<bool>().AddRetry(new() { MaxRetryAttempts = int.MaxValue }).Build().ExecuteAsync(async _ => await store.TryLockAsync(), stop);")]
        public Task Is_silent_where_something_ends_it(string story) => Verify.StaysSilent(Policies($$"""
                async Task Hold(string path, IStore store, CancellationToken stop) { {{story}} await Task.Yield(); }
            """));

        [Fact]
        public Task Ends_with_a_file_that_is_opened_within_a_deadline() => Verify.Fixes(Policies("""
                FileStream Hold(string path) =>
                    Policy.Handle<IOException>()
                        .[|WaitAndRetryForever|](_ => TimeSpan.FromSeconds(1))
                        .Execute(() => File.Open(path, FileMode.OpenOrCreate));
            """), Policies("""
                FileStream Hold(string path) =>
                    Policy.Handle<IOException>()
                        .WaitAndRetryForever(_ => TimeSpan.FromSeconds(1))
                        .Execute(() => BoundedFile.Open(path, FileMode.OpenOrCreate));
            """).Replace("using Polly;\n", "using LockAnalyzers.Runtime;\nusing Polly;\n"), CodeFix.RetryKey);

        [Fact]
        public Task Gets_no_fix_where_it_would_repeat_a_time_out() => Verify.OffersNoFix(Policies("""
                FileStream Hold(string path) =>
                    Policy.Handle<Exception>().[|RetryForever|]().Execute(() => File.Open(path, FileMode.OpenOrCreate));
            """));
    }
}
