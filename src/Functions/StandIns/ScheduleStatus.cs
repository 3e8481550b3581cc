namespace Microsoft.Azure.Functions.Worker;

public sealed class ScheduleStatus
{
    public DateTime Last { get; set; }
    public DateTime Next { get; set; }
    public DateTime LastUpdated { get; set; }
}
