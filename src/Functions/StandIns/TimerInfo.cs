namespace Microsoft.Azure.Functions.Worker;

public sealed class TimerInfo
{
    public ScheduleStatus? ScheduleStatus { get; set; }
    public bool IsPastDue { get; set; }
}
