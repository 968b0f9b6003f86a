using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Attempts;

/// <summary>How an attempt says that somebody else holds what it wants.</summary>
internal enum Refusal
{
    /// <summary>It decides on leaving the loop, but how cannot be told.</summary>
    Unknown,

    /// <summary>By <c>false</c>, as its result or in an argument given by reference.</summary>
    False,

    /// <summary>By <c>true</c>: it asks whether the lock is held.</summary>
    True,

    /// <summary>By null in place of a handle.</summary>
    Null,

    /// <summary>By a number; zero is success.</summary>
    Number,

    /// <summary>By a handle that says it holds nothing.</summary>
    Handle,
}

/// <summary>One try to take a lock, which says by its result whether it got it.</summary>
internal sealed record Attempt(IOperation Operation, Refusal Refusal, string Name)
{
    /// <summary>For <see cref="Refusal.Number"/>.</summary>
    public long Refused { get; init; }
}
