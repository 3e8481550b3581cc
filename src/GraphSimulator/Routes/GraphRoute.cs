namespace Reanchor.GraphSimulator;

/// <summary>A route that the simulator models.</summary>
/// <param name="Template">Path without version; <c>{}</c> stands for one segment of any text.</param>
/// <param name="Permissions">Any one of these application permissions opens it.</param>
/// <param name="Cost">Resource units before the discounts for <c>$select</c> and a small <c>$top</c>; 0 where Exchange, not Entra, meters.</param>
internal sealed record GraphRoute(
    string Method, string Template, IReadOnlyList<string> Permissions, int Cost, Func<GraphRequest, GraphResponse> Answer)
{
    private readonly string[] _template = Template.Split('/');

    public bool Matches(IReadOnlyList<string> segments)
    {
        if (segments.Count != _template.Length)
        {
            return false;
        }

        for (var i = 0; i < _template.Length; i++)
        {
            if (_template[i] != "{}" && !_template[i].Equals(segments[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    public int ResourceUnits(GraphRequest request)
    {
        if (Cost == 0 || request.IsWrite)
        {
            return Cost;
        }

        var discount = (request.Query.Select is null ? 0 : 1) + (request.Query.Top() < 20 ? 1 : 0);
        return Math.Max(1, Cost - discount);
    }
}
