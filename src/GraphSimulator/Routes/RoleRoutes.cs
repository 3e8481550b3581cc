namespace Reanchor.GraphSimulator;

internal static class RoleRoutes
{
    public static GraphResponse Assignments(GraphRequest request) =>
        new Collection<RoleGrant>(DirectoryTypes.RoleAssignment, "roleManagement/directory/roleAssignments")
        {
            All = () => request.Tenant.ActiveRoles,
        }.Answer(request);

    public static GraphResponse Eligibilities(GraphRequest request)
    {
        RequireLicence(request);

        return new Collection<RoleGrant>(DirectoryTypes.RoleEligibility, "roleManagement/directory/roleEligibilityScheduleInstances")
        {
            All = () => request.Tenant.EligibleRoles,
        }.Answer(request);
    }

    public static GraphResponse GroupEligibilities(GraphRequest request)
    {
        RequireLicence(request);

        // Graph wants a group or a principal named; the sources do not show its answer to a request without.
        if (request.Query.Filter is null)
        {
            throw GraphRefusal.NotSimulated("eligibilityScheduleInstances without $filter");
        }

        return new Collection<GroupEligibility>(
            DirectoryTypes.GroupEligibility, "identityGovernance/privilegedAccess/group/eligibilityScheduleInstances")
        {
            All = () => [.. request.Tenant.Groups.SelectMany(GroupEligibility.Of)],
        }.Answer(request);
    }

    private static void RequireLicence(GraphRequest request)
    {
        if (!request.Tenant.Settings.HasPremiumP2)
        {
            throw new GraphRefusal(
                400,
                "AadPremiumLicenseRequired",
                "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.");
        }
    }
}
