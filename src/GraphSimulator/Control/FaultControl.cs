namespace Reanchor.GraphSimulator;

internal static class FaultControl
{
    public static void Map(ControlGroup control, SimulatedCloud cloud)
    {
        control.Map("GET", "faults", context => ControlJson.WriteAsync(context, new ItemList<ActiveFault>(cloud.Faults.Active)));

        control.Map("POST", "faults", async context =>
        {
            var id = cloud.Faults.Add(await ControlJson.ReadAsync<Fault>(context));
            await ControlJson.WriteAsync(context, new { id }, 201);
        });

        control.Map("DELETE", "faults", context =>
        {
            cloud.Faults.Clear();
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        control.Map("DELETE", "faults/{fault}", context =>
        {
            var key = ControlGroup.Route(context, "fault");
            context.Response.StatusCode = int.TryParse(key, out var id) && cloud.Faults.Remove(id)
                ? 204
                : throw new KeyNotFoundException($"There is no fault {key}.");
            return Task.CompletedTask;
        });
    }
}
