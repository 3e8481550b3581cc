using System.Text;

namespace Reanchor.Collector.Commands;

/// <summary>Asks a person for a password without showing it.</summary>
internal static class PasswordPrompt
{
    public static string Ask(string user)
    {
        if (Console.IsInputRedirected)
        {
            throw CollectorFailureException.Input(
                $"The password of {user} is missing, and there is nobody to ask. Give --password-file or --password-env.");
        }

        Console.Error.Write($"Password of {user}: ");
        var password = new StringBuilder();

        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace)
            {
                password.Length = Math.Max(0, password.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                password.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return password.ToString();
    }
}
