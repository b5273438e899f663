"""Finds the resources that a part of a template refers to."""

import re

SUB = re.compile(r"\$\{([^!}][^}]*)\}")


def references(value):
    """Yields (name, attribute) of each Ref, Fn::GetAtt and Fn::Sub in value; attribute is None for a Ref."""
    if isinstance(value, list):
        for item in value:
            for found in references(item):
                yield found
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key == "Ref" and isinstance(inner, str):
            yield inner, None
        elif key == "Fn::GetAtt":
            parts = inner.split(".", 1) if isinstance(inner, str) else inner
            yield parts[0], parts[1] if isinstance(parts[1], str) else "?"
        elif key == "Fn::Sub":
            text, names = (inner, {}) if isinstance(inner, str) else (inner[0], inner[1])
            for found in references(list(names.values())):
                yield found
            for name in SUB.findall(text):
                if name not in names:
                    name, _, attribute = name.partition(".")
                    yield name, attribute or None
        else:
            for found in references(inner):
                yield found


def depends(resource):
    names = resource.get("DependsOn", [])
    names = [names] if isinstance(names, str) else list(names)
    return names + [name for name, _ in references(resource.get("Properties", {}))]


def order(resources):
    """The logical IDs of resources, each after those that it depends on."""
    ordered, seen = [], set()

    def visit(name, path):
        if name in path:
            raise ValueError("Circular dependency between resources: [{}]".format(", ".join(sorted(path))))
        if name in seen or name not in resources:
            return
        for needed in depends(resources[name]):
            visit(needed, path + [name])
        seen.add(name)
        ordered.append(name)

    for name in resources:
        visit(name, [])
    return ordered
