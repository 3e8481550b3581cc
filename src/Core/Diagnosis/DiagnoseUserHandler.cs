using Microsoft.Extensions.Logging;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Diagnosis;

/// <param name="User">An object id, a user principal name, or an address.</param>
/// <param name="Error">One of <see cref="DiagnoseUserHandler.ErrorNames"/>; <see langword="null"/> when none was asked about.</param>
public sealed record DiagnoseUser(TenantId Tenant, string User, string? Error);

/// <summary>Runs every check live for one user. Reads only.</summary>
public sealed class DiagnoseUserHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    IDirectoryReader directory,
    UserAssessor assessor,
    TimeProvider clock,
    ILogger<DiagnoseUserHandler> logger)
{
    /// <summary>The sync errors that can be asked about.</summary>
    public static IReadOnlyList<string> ErrorNames { get; } = [.. SyncErrors.All.Select(error => error.Name)];

    public static bool Explains(string error) => SyncErrors.Find(error) is not null;

    /// <returns><see langword="null"/> when there is no such tenant, or no such user in it, live or deleted.</returns>
    /// <exception cref="DirectoryUnavailableException">The directory could not be read.</exception>
    public async Task<UserDiagnosis?> HandleAsync(DiagnoseUser query, CancellationToken cancellationToken)
    {
        if ((await tenants.FindAsync(query.Tenant, cancellationToken))?.Item is not { } tenant)
        {
            return null;
        }

        var user = await FindAsync(tenant, query.User, cancellationToken);
        var deleted = await directory.ReadDeletedUsersAsync(tenant, cancellationToken);
        var error = query.Error is null ? null : SyncErrors.Find(query.Error);

        // "There is no such user" would be a guess.
        if (user is null && !deleted.IsKnown)
        {
            throw new DirectoryUnavailableException($"No live user was found, and deleted users could not be read: {deleted.UnknownBecause}");
        }

        var diagnosis = user is not null ? await DiagnoseAsync(tenant, user, deleted, error, cancellationToken)
            : deleted.Value.FirstOrDefault(d => IsMeant(d, query.User)) is { } inTheBin ? OfDeleted(tenant, inTheBin, error)
            : null;

        if (diagnosis is not null)
        {
            logger.UserDiagnosed(tenant.Id, diagnosis.UserId, diagnosis.Classification);
        }

        return diagnosis;
    }

    private async Task<CloudUser?> FindAsync(Tenant tenant, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
        {
            return await directory.FindUserAsync(tenant, id, cancellationToken);
        }

        // Without an @ it is no name, and could be one of Graph's own words.
        if (!text.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        if (await directory.FindUserByNameAsync(tenant, text, cancellationToken) is { } user)
        {
            return user;
        }

        // The error mail may name an address that is not the name to sign in with.
        var owners = (await directory.FindAddressOwnersAsync(tenant, [text], cancellationToken)).Users;
        return !owners.IsKnown ? throw new DirectoryUnavailableException($"Owners of the address could not be read: {owners.UnknownBecause}")
            : owners.Value is [var owner, ..] ? await directory.FindUserAsync(tenant, owner.Id, cancellationToken)
            : null;
    }

    private async Task<UserDiagnosis> DiagnoseAsync(
        Tenant tenant, CloudUser user, Reading<IReadOnlyList<DeletedUser>> deleted, SyncError? error, CancellationToken cancellationToken)
    {
        var facts = await directory.ReadTenantFactsAsync(tenant, cancellationToken);
        var gathered = (await assessor.GatherAsync(tenant, facts, [user], cancellationToken))[0];
        var assessment = CandidateClassifier.Classify(gathered.Case);

        var c = new DiagnosisCase
        {
            Subject = gathered.Case,
            Assessment = assessment,
            Collectors = [.. gathered.InventoryVersions.Keys.Order()],
            Owners = await directory.FindAddressOwnersAsync(tenant, DiagnosisCase.Names(gathered.Case), cancellationToken),
            Deleted = deleted,
            Proposal = (await proposals.FindLatestAsync(tenant.Id, user.Id, cancellationToken))?.Item,
            Now = clock.GetUtcNow(),
        };

        var checks = DiagnosisChecks.Of(c);

        return new()
        {
            Conclusion = Conclusions.Of(c, checks),
            TenantId = tenant.Id,
            UserId = user.Id,
            UserPrincipalName = user.UserPrincipalName,
            DisplayName = user.DisplayName,
            DiagnosedAt = c.Now,
            Classification = user is { IsSynced: false, Anchor: not null } ? assessment.Classification : null,
            Anchor = user.Anchor,
            Partner = assessment.Partner,
            ExpectedAnchor = assessment.ExpectedAnchor,
            Warnings = assessment.Warnings,
            ExpectedErrors = [.. SyncErrors.All.Where(one => one.Occurs(c) is true).Select(one => one.Name)],
            Error = error is null ? null : ExplainedError.Of(error, error.Occurs(c)),
            Checks = checks,
        };
    }

    private UserDiagnosis OfDeleted(Tenant tenant, DeletedUser user, SyncError? error)
    {
        var check = DiagnosisCheck.Fail(
            DiagnosisChecks.UserExists, "The user exists",
            $"{user.UserPrincipalName} ({user.Id}) is among the deleted users{(user.DeletedAt is { } at ? $", since {TimeText.Of(at)}" : "")}.",
            "Sync does not match by name with a deleted user. It restores one only when an AD account with the same anchor comes.",
            "Restore the user in the Entra admin center, if it is still wanted, and ask again. If not, delete it for good.");

        return new()
        {
            Conclusion = new($"This user is deleted, and can still be restored. {check.Means}", check.WhatToDo!),
            TenantId = tenant.Id,
            UserId = user.Id,
            UserPrincipalName = user.UserPrincipalName,
            DisplayName = user.DisplayName,
            DiagnosedAt = clock.GetUtcNow(),
            ExpectedErrors = [],
            Error = error is null ? null : ExplainedError.Of(error, null),
            Checks = [check],
        };
    }

    private static bool IsMeant(DeletedUser user, string text) => Guid.TryParse(text, out var id) ? user.Id == id : user.Has(text);
}
