package provision

// existingRole is a role that functions use and the stack does not create.
type existingRole struct {
	Name      string   // as iam:GetRole wants it: without its path
	Resource  string   // how its ARN must end: role/<path><name>
	Functions []string // the service's functions that use it, in order
}

// existingRoles lists the roles that must exist before a deployment, by name.
func existingRoles(service Service) []existingRole { return nil }
