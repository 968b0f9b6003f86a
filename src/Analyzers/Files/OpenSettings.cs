using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Files;

/// <summary>
/// How a call says with which share, mode and options it opens: by arguments of these types, by an object that carries them,
/// or not at all.
/// </summary>
internal readonly struct OpenSettings
{
    private readonly IOperation? _share;
    private readonly IOperation? _mode;
    private readonly IOperation? _options;
    private readonly IOperation? _carrier;

    private OpenSettings(ImmutableArray<IArgumentOperation> arguments)
    {
        (_share, _mode, _options, _carrier, Path) = (null, null, null, null, null);
        foreach (var argument in arguments)
        {
            switch (argument.Parameter?.Type)
            {
                case { Name: "FileShare" }:
                    _share = argument.Value;
                    break;
                case { Name: "FileMode" }:
                    _mode = argument.Value;
                    break;
                case { Name: "FileOptions" }:
                    _options = argument.Value;
                    break;
                case { Name: "FileStreamOptions" }:
                    _carrier = argument.Value;
                    break;
                case { SpecialType: SpecialType.System_String } or { Name: "FileInfo" }:
                    Path ??= argument.Value;
                    break;
            }
        }
    }

    public IOperation? Path { get; }

    public static OpenSettings Of(ImmutableArray<IArgumentOperation> arguments) => new(arguments);

    public ImmutableArray<Value> Share(FileOpen open) => Read(_share, "share", absent: (long)FileShare.Read, otherwise: (long)open.Share);

    public ImmutableArray<Value> Mode(FileOpen open) => Read(_mode, "mode", absent: (long)FileMode.Open, otherwise: (long?)open.Mode);

    public ImmutableArray<Value> Options() => Read(_options, "options", absent: 0, otherwise: 0);

    private ImmutableArray<Value> Read(IOperation? argument, string member, long absent, long? otherwise)
    {
        if (argument is not null)
            return ValueReader.Read(argument);
        if (_carrier is null)
            return ImmutableArray.Create(otherwise is { } value ? Value.Of(value) : Value.Unknown);

        var written = CarriedMember.Values(_carrier, member);
        return written.IsDefault ? ImmutableArray.Create(Value.Unknown) : written.IsEmpty ? ImmutableArray.Create(Value.Of(absent)) : written;
    }
}
