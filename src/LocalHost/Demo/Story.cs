using Spectre.Console;

namespace Reanchor.LocalHost.Demo;

/// <summary>Tells the walkthrough and remembers whether every check held.</summary>
internal sealed class Story
{
    private int _step;

    public int Failed { get; private set; }

    public int Passed { get; private set; }

    public void Step(string title) => AnsiConsole.Write(new Rule($"[bold]{++_step}. {title.EscapeMarkup()}[/]").LeftJustified());

    public static void Say(string text) => AnsiConsole.MarkupLine(text.EscapeMarkup());

    /// <summary>Something to copy into a shell: never wrapped, whatever the width.</summary>
    public static void Command(string text) => Console.WriteLine(text);

    /// <summary>A value worth comparing, such as an anchor before and after.</summary>
    public static void Show(string name, string? value) =>
        AnsiConsole.MarkupLine($"  [grey]{name.EscapeMarkup()}[/]  {(value ?? "null").EscapeMarkup()}");

    public void Check(bool holds, string what)
    {
        (Passed, Failed) = holds ? (Passed + 1, Failed) : (Passed, Failed + 1);
        AnsiConsole.MarkupLine($"  {(holds ? "[green]ok[/]   " : "[red]WRONG[/]")} {what.EscapeMarkup()}");
    }
}
