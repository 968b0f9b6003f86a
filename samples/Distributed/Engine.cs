using Medallion.Threading;
using Medallion.Threading.Postgres;
using Medallion.Threading.Redis;
using Npgsql;
using StackExchange.Redis;

namespace Distributed;

/// <summary>The locks of one server. Who dies gives his lock back: PostgreSQL with the connection, Redis when the lease is not renewed.</summary>
/// <remarks>
/// While somebody watches <see cref="IDistributedSynchronizationHandle.HandleLostToken"/>, the connection to PostgreSQL is in a query, and the server does not look whether
/// the client still lives before that has ended: a killed holder kept its lock for a minute (measured), until client_connection_check_interval (PostgreSQL 14) was set.
/// </remarks>
public sealed class Engine : IAsyncDisposable
{
    private readonly ConnectionMultiplexer? _redis;

    private Engine(Func<string, IDistributedLock> create, ConnectionMultiplexer? redis = null) => (Create, _redis) = (create, redis);

    public Func<string, IDistributedLock> Create { get; }

    /// <param name="kind"><c>postgres</c> with a connection string of Npgsql, or <c>redis</c> with one of StackExchange.Redis.</param>
    /// <param name="connection">The connection string.</param>
    public static async Task<Engine> Connect(string kind, string connection)
    {
        switch (kind)
        {
            case "postgres":
                string checkedConnection = new NpgsqlConnectionStringBuilder(connection) { Options = "-c client_connection_check_interval=1s" }.ConnectionString;
                return new Engine(name => new PostgresDistributedLock(new PostgresAdvisoryLockKey(name, allowHashing: true), checkedConnection));
            case "redis":
                ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(connection);
                return new Engine(name => new RedisDistributedLock(name, redis.GetDatabase(), static options => options.Expiry(TimeSpan.FromSeconds(3))), redis);
            default:
                throw new ArgumentException($"Neither postgres nor redis: {kind}", nameof(kind));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }
}
