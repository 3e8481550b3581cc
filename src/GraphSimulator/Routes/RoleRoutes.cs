namespace Reanchor.GraphSimulator;

internal static class RoleRoutes
{
    public static GraphResponse Assignments(GraphRequest request) =>
        new Collection<RoleGrant>(DirectoryTypes.RoleAssignment, "roleManagement/directory/roleAssignments")
        {
            All = () => request.Tenant.ActiveRoles,
        }.Answer(request);

    public static GraphResponse Eligibilities(GraphRequest request) =>
        request.Tenant.Settings.HasPremiumP2
            ? new Collection<RoleGrant>(DirectoryTypes.RoleEligibility, "roleManagement/directory/roleEligibilityScheduleInstances")
            {
                All = () => request.Tenant.EligibleRoles,
            }.Answer(request)
            : throw new GraphRefusal(
                400,
                "AadPremiumLicenseRequired",
                "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.");
}
