namespace Reanchor.GraphSimulator;

internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position);
