using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK106LibraryLockAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK106LibraryLockCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

/// <summary>Locks of a database server, taken by a command whose time-out is switched off.</summary>
public sealed class LOCK106LibraryLockSqlTests
{
    private static string In(string member) => $$"""
        using System.Data;
        using System.Data.Common;
        using System.Threading;
        using System.Threading.Tasks;
        using Npgsql;

        sealed class Ledger(NpgsqlConnection pg, DbConnection db, IDbConnection any)
        {
            private const string Take = "SELECT pg_advisory_lock(7)";
            private static readonly string Turn = "select pg_advisory_xact_lock($1)";
            private const int Forever = 0;

        {{member}}
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("\"SELECT pg_advisory_lock($1)\"")]
        [InlineData("\"select PG_ADVISORY_LOCK_SHARED(1, 2)\"")]
        [InlineData("Take")]
        [InlineData("Turn")]
        [InlineData("$\"SELECT pg_advisory_lock({number})\"")]
        [InlineData("\"SELECT pg_advisory_lock(\" + number + \")\"")]
        [InlineData("\"BEGIN; SELECT pg_advisory_xact_lock(hashtext('ledger'))\"")]
        public Task The_text_waits_in_the_server(string text) =>
            Verify.Reports(In($$"""
                async Task Open(long number)
                {
                    await using var command = new NpgsqlCommand({{text}}, pg) { [|CommandTimeout = 0|] };
                    await command.ExecuteNonQueryAsync();
                }
                """));

        [Fact]
        public Task The_text_and_the_time_out_are_set_afterwards() =>
            Verify.Reports(In("""
                void Open()
                {
                    using var command = db.CreateCommand();
                    command.CommandText = Take;
                    [|command.CommandTimeout = Forever|];
                    command.ExecuteScalar();
                }
                """));

        [Fact]
        public Task Through_the_interface_and_in_an_initializer() =>
            Verify.Reports(In("""
                void Open()
                {
                    var command = any.CreateCommand();
                    command.CommandText = "EXEC sp_getapplock @Resource = 'ledger', @LockMode = 'Exclusive', @LockOwner = 'Session'";
                    [|command.CommandTimeout = 0|];
                    command.ExecuteNonQuery();
                    new NpgsqlCommand { CommandText = Take, Connection = pg, [|CommandTimeout = 0|] }.ExecuteNonQuery();
                }
                """));

        [Fact]
        public Task A_text_in_a_local_and_a_token_that_is_never_cancelled() =>
            Verify.Reports(In("""
                async Task Open(CancellationToken stop)
                {
                    var text = Take;
                    await using var command = pg.CreateCommand();
                    [|command.CommandTimeout = 0|];
                    command.CommandText = text;
                    await command.ExecuteNonQueryAsync(CancellationToken.None);
                }
                """));

        [Theory]
        [InlineData("EXEC sp_getapplock 'ledger', 'Exclusive', 'Session', -1")]
        [InlineData("EXEC @r = sp_getapplock @Resource = 'ledger', @LockMode = 'Exclusive', @LockTimeout = -1; SELECT @r")]
        [InlineData("sp_getapplock")]
        [InlineData("SELECT GET_LOCK('ledger', -1)")]
        [InlineData("SELECT get_lock(CONCAT('a,', 'b'), -1) = 1")]
        public Task A_time_out_in_the_text_that_is_none(string text) =>
            Verify.Reports(In($$"""
                void Open()
                {
                    using var command = db.CreateCommand();
                    command.CommandText = "{{text}}";
                    [|command.CommandTimeout = 0|];
                    command.ExecuteNonQuery();
                }
                """));
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("EXEC sp_getapplock 'ledger', 'Exclusive', 'Session', 5000")]
        [InlineData("EXEC sp_getapplock @Resource = 'ledger', @LockMode = 'Exclusive', @LockTimeout = 5000")]
        [InlineData("EXEC sp_getapplock @Resource = 'ledger', @LockMode = 'Exclusive', @LockTimeout = @wait")]
        [InlineData("SELECT GET_LOCK('ledger', 10)")]
        [InlineData("SELECT GET_LOCK('ledger', @wait)")]
        [InlineData("SELECT pg_try_advisory_lock(7)")]
        [InlineData("SELECT pg_advisory_unlock(7)")]
        [InlineData("SET lock_timeout = '5s'; SELECT pg_advisory_lock(7)")]
        [InlineData("SELECT my_pg_advisory_lock(7)")]
        [InlineData("SELECT 1")]
        public Task A_text_that_gives_up_or_takes_no_lock(string text) =>
            Verify.StaysSilent(In($$"""
                void Open()
                {
                    using var command = db.CreateCommand();
                    command.CommandText = "{{text}}";
                    command.CommandTimeout = 0;
                    command.ExecuteNonQuery();
                }
                """));

        [Theory]
        [InlineData("", "")]
        [InlineData("command.CommandTimeout = 5;", "")]
        [InlineData("command.CommandTimeout = seconds;", "")]
        [InlineData("command.CommandTimeout = 0;", "stop")]
        public Task The_command_gives_up(string setting, string token) =>
            Verify.StaysSilent(In($$"""
                async Task Open(int seconds, CancellationToken stop)
                {
                    await using var command = new NpgsqlCommand(Take, pg);
                    {{setting}}
                    await command.ExecuteNonQueryAsync({{token}});
                }
                """));

        [Fact]
        public Task The_session_was_told_to_give_up() =>
            Verify.StaysSilent(In("""
                void Open()
                {
                    using var limit = new NpgsqlCommand("SET LOCAL lock_timeout = '10s'", pg);
                    limit.ExecuteNonQuery();
                    using var command = new NpgsqlCommand(Take, pg) { CommandTimeout = 0 };
                    command.ExecuteNonQuery();
                }
                """));

        [Fact]
        public Task A_procedure_that_is_given_its_time_out_beside_the_text() =>
            Verify.StaysSilent(In("""
                void Open(DbParameter parameter)
                {
                    using var command = db.CreateCommand();
                    command.CommandType = CommandType.StoredProcedure;
                    command.CommandText = "sp_getapplock";
                    command.CommandTimeout = 0;
                    parameter.ParameterName = "@LockTimeout";
                    command.Parameters.Add(parameter);
                    command.ExecuteNonQuery();
                }
                """));

        [Fact]
        public Task Another_command_and_a_property_that_only_sounds_alike() =>
            Verify.StaysSilent(In("""
                sealed class Report { public int CommandTimeout { get; set; } public string? CommandText { get; set; } public void ExecuteNonQuery() { } }

                void Open(Report report)
                {
                    using var first = new NpgsqlCommand(Take, pg);
                    first.ExecuteNonQuery();
                    using var second = new NpgsqlCommand("SELECT 1", pg) { CommandTimeout = 0 };
                    second.ExecuteNonQuery();
                    report.CommandText = Take;
                    report.CommandTimeout = 0;
                    report.ExecuteNonQuery();
                }
                """));
    }

    public sealed class Fix
    {
        [Fact]
        public Task The_command_gets_a_time_out_in_seconds() =>
            Verify.Fixes(
                In("""
                    void Open()
                    {
                        using var command = new NpgsqlCommand(Take, pg) { [|CommandTimeout = 0|] /* wait */ };
                        command.ExecuteNonQuery();
                    }
                """),
                In("""
                    void Open()
                    {
                        using var command = new NpgsqlCommand(Take, pg) { CommandTimeout = 10 /* wait */ };
                        command.ExecuteNonQuery();
                    }
                """));
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_a_command_that_is_put_together_elsewhere() =>
            Verify.StaysSilent(In("""
                NpgsqlCommand Make() => new(Take, pg) { CommandTimeout = 0 };
                void Open() => Make().ExecuteNonQuery();
                """));

        [Fact]
        public Task FN_a_connection_whose_commands_have_no_time_out() =>
            Verify.StaysSilent(In("""
                void Open()
                {
                    using var own = new NpgsqlConnection("Host=db;Command Timeout=0");
                    using var command = new NpgsqlCommand(Take, own);
                    command.ExecuteNonQuery();
                }
                """));

        [Fact]
        public Task FN_a_batch() =>
            Verify.StaysSilent(In("""
                void Open()
                {
                    using var batch = new NpgsqlBatch(pg) { Timeout = 0 };
                    batch.BatchCommands.Add(new NpgsqlBatchCommand(Take));
                    batch.ExecuteNonQuery();
                }
                """));
    }
}
