// Package iambuilder writes privileges and policy statements whose resources are put together from parts:
//
//	iambuilder.Allow("ssm:GetParameter").ForResource().
//		Literal("arn:aws:ssm:").Region(":").AccountID(":").Literal("parameter/shop").
//		ToPrivilege()
package iambuilder

import (
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Builder is a statement without its resource.
type Builder struct {
	effect    string
	actions   []string
	condition any
}

// Allow begins a statement that allows actions, for example s3:GetObject.
func Allow(actions ...string) *Builder {
	return &Builder{effect: "Allow", actions: slices.Clone(actions)}
}

// Deny begins a statement that denies actions.
func Deny(actions ...string) *Builder {
	return &Builder{effect: "Deny", actions: slices.Clone(actions)}
}

// WithCondition sets the condition, as in a policy document.
func (b *Builder) WithCondition(condition any) *Builder {
	b.condition = condition
	return b
}

// ForResource begins the statement's resource, which is empty.
func (b *Builder) ForResource() *Resource { return &Resource{builder: b} }

// ForPrincipals returns a statement for the policy of a resource, whose principals are AWS services such as
// events.amazonaws.com.
func (b *Builder) ForPrincipals(services ...string) *Principal {
	return &Principal{builder: b, principal: map[string]any{"Service": slices.Clone(services)}}
}

// ForFederatedPrincipals returns a statement for the policy of a resource, whose principals are identity providers.
func (b *Builder) ForFederatedPrincipals(providers ...string) *Principal {
	return &Principal{builder: b, principal: map[string]any{"Federated": slices.Clone(providers)}}
}

// statement returns the policy statement without its resource or principal.
func (b *Builder) statement() map[string]any {
	statement := map[string]any{"Effect": b.effect, "Action": b.actions}
	if b.condition != nil {
		statement["Condition"] = b.condition
	}
	return statement
}

// Principal is a statement with a principal.
type Principal struct {
	builder   *Builder
	principal map[string]any
}

// ToPolicyStatement returns the statement for a policy document in a template.
func (p *Principal) ToPolicyStatement() map[string]any {
	statement := p.builder.statement()
	statement["Principal"] = p.principal
	return statement
}

// Resource is a statement with the parts of its resource. The delimiters passed to a method follow its part.
type Resource struct {
	builder *Builder
	parts   []any
}

func (r *Resource) add(part any, delimiters []string) *Resource {
	r.parts = append(r.parts, part)
	for _, delimiter := range delimiters {
		r.parts = append(r.parts, delimiter)
	}
	return r
}

// Literal adds text.
func (r *Resource) Literal(text string) *Resource { return r.add(text, nil) }

// Ref adds a parameter's value, or a resource's identifier.
func (r *Resource) Ref(name string, delimiters ...string) *Resource {
	return r.add(cloudformation.Ref(name), delimiters)
}

// Attr adds an attribute of a resource.
func (r *Resource) Attr(name, attribute string, delimiters ...string) *Resource {
	return r.add(cloudformation.GetAtt{name, attribute}, delimiters)
}

// Region adds the stack's region.
func (r *Resource) Region(delimiters ...string) *Resource {
	return r.add(cloudformation.Region, delimiters)
}

// AccountID adds the stack's account.
func (r *Resource) AccountID(delimiters ...string) *Resource {
	return r.add(cloudformation.AccountID, delimiters)
}

// Partition adds the partition of the stack's region: aws, aws-cn or aws-us-gov.
func (r *Resource) Partition(delimiters ...string) *Resource {
	return r.add(cloudformation.Partition, delimiters)
}

// StackID adds the stack's ARN.
func (r *Resource) StackID(delimiters ...string) *Resource {
	return r.add(cloudformation.StackID, delimiters)
}

// StackName adds the stack's name.
func (r *Resource) StackName(delimiters ...string) *Resource {
	return r.add(cloudformation.StackName, delimiters)
}

// URLSuffix adds the domain of the stack's partition: amazonaws.com or amazonaws.com.cn.
func (r *Resource) URLSuffix(delimiters ...string) *Resource {
	return r.add(cloudformation.URLSuffix, delimiters)
}

// ToPrivilege returns the privilege for a function's role. Privileges can only allow: for a statement that denies, use
// ToPolicyStatement.
func (r *Resource) ToPrivilege() sparta.IAMRolePrivilege {
	return sparta.IAMRolePrivilege{Actions: r.builder.actions, Resource: r.joined(), Condition: r.builder.condition}
}

// ToPolicyStatement returns the statement for a policy document in a template.
func (r *Resource) ToPolicyStatement() map[string]any {
	statement := r.builder.statement()
	statement["Resource"] = r.joined()
	return statement
}

func (r *Resource) joined() any { return cloudformation.Join{Values: slices.Clone(r.parts)} }
