using System.Text.Json.Nodes;

namespace Reanchor.GraphSimulator;

/// <summary>The routes below <c>/simulator</c>, for the demonstration and for tests in another process. Loopback callers only.</summary>
internal static class ControlRoutes
{
    public static void MapControlRoutes(this WebApplication application, SimulatedCloud cloud)
    {
        var control = new ControlGroup(application, cloud);

        control.Map("GET", "tenants", context =>
            ControlJson.WriteAsync(context, new ItemList<TenantView>(cloud.Tenants.Select(TenantView.Of))));

        control.Map("POST", "tenants", async context =>
        {
            var seed = await ControlJson.ReadAsync<TenantSeed>(context);
            await ControlJson.WriteAsync(context, TenantView.Of(seed.AddTo(cloud)), 201);
        });

        control.MapTenant("GET", "", (context, tenant) => ControlJson.WriteAsync(context, TenantView.Of(tenant)));

        control.MapTenant("DELETE", "", (context, tenant) =>
        {
            cloud.RemoveTenant(tenant.Id);
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        control.MapTenant("POST", "sync", (context, tenant) =>
        {
            var report = tenant.RunSync();
            return ControlJson.WriteAsync(context, SyncReportView.Of(report));
        });

        control.MapTenant("POST", "settings", async (context, tenant) =>
        {
            tenant.Settings = ControlJson.Merge(tenant.Settings, await ControlJson.ReadAsync<JsonObject>(context));
            await ControlJson.WriteAsync(context, tenant.Settings);
        });

        control.MapTenant("POST", "features", async (context, tenant) =>
        {
            tenant.Features = ControlJson.Merge(tenant.Features, await ControlJson.ReadAsync<JsonObject>(context));
            await ControlJson.WriteAsync(context, tenant.Features);
        });

        control.MapTenant("POST", "organization", async (context, tenant) =>
        {
            var changed = ControlJson.Merge(OrganizationState.Of(tenant), await ControlJson.ReadAsync<JsonObject>(context));
            changed.ApplyTo(tenant);
            await ControlJson.WriteAsync(context, changed);
        });

        control.MapTenant("POST", "roles", async (context, tenant) =>
        {
            var role = await ControlJson.ReadAsync<RoleSeed>(context);
            role.AddTo(tenant);
            await ControlJson.WriteAsync(context, role);
        });

        control.MapTenant("POST", "users", UserControl.PutAsync);
        control.MapTenant("GET", "users/{user}", UserControl.GetAsync);
        control.MapTenant("GET", "forests", ForestControl.ListAsync);
        control.MapTenant("GET", "forests/{forest}/inventory", ForestControl.InventoryAsync);
        control.MapTenant("POST", "forests/{forest}/accounts", ForestControl.PutAccountAsync);
        control.MapTenant("DELETE", "forests/{forest}/accounts/{account}", ForestControl.DeleteAccountAsync);
        control.MapTenant("GET", "requests", RequestControl.ListAsync);
        FaultControl.Map(control, cloud);
        control.RefuseTheRest();
    }
}
