using NCrontab;

namespace Reanchor.LocalHost.Hosting;

/// <summary>When a timer runs: NCRONTAB with six fields, in UTC.</summary>
internal sealed class TimerSchedule
{
    private const string Example = "0 0 2 * * *";

    // Long enough for a 29 February that a century's turn leaves out.
    private const int YearsAhead = 10;

    private readonly CrontabSchedule _schedule;

    private TimerSchedule(CrontabSchedule schedule) => _schedule = schedule;

    /// <exception cref="StartRefusedException">The schedule is missing, malformed, or never comes.</exception>
    public static TimerSchedule Read(TimerFunction function, IConfiguration configuration, DateTimeOffset now)
    {
        var text = SettingText.Resolve(function.Schedule, configuration, function.Name, Example);
        var parsed = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true });

        if (parsed is null)
        {
            throw Refused("is no NCRONTAB expression of six fields (second minute hour day month weekday, in UTC)");
        }

        var schedule = new TimerSchedule(parsed);
        return schedule.After(now) is null ? throw Refused("names a time that never comes") : schedule;

        StartRefusedException Refused(string why) =>
            new($"{SettingText.SourceOf(function.Schedule, function.Name)} is \"{text}\", which {why}. Use one such as \"{Example}\", daily at 02:00 UTC.");
    }

    /// <returns>The first time after the given one, or <see langword="null"/> if there is none within ten years.</returns>
    public DateTimeOffset? After(DateTimeOffset time)
    {
        var end = time.UtcDateTime.AddYears(YearsAhead);
        var next = _schedule.GetNextOccurrence(time.UtcDateTime, end);
        return next >= end ? null : new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc));
    }
}
