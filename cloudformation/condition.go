package cloudformation

// If selects one of two values by a condition of the template.
type If struct {
	Condition  string // its name
	Then, Else any
}

// Equals is the condition that two values are equal.
type Equals struct{ Left, Right any }

// And is the condition that all of 2 to 10 conditions are true.
type And []any

// Or is the condition that one of 2 to 10 conditions is true.
type Or []any

// Not is the condition that another one is false.
type Not struct{ Of any }

// Condition refers to a condition of the template from another condition.
type Condition string

// MarshalJSON renders {"Fn::If": […]}.
func (i If) MarshalJSON() ([]byte, error) {
	return intrinsic("Fn::If", []any{i.Condition, i.Then, i.Else})
}

// MarshalJSON renders {"Fn::Equals": […]}.
func (e Equals) MarshalJSON() ([]byte, error) {
	return intrinsic("Fn::Equals", []any{e.Left, e.Right})
}

// MarshalJSON renders {"Fn::And": […]}.
func (a And) MarshalJSON() ([]byte, error) { return intrinsic("Fn::And", []any(a)) }

// MarshalJSON renders {"Fn::Or": […]}.
func (o Or) MarshalJSON() ([]byte, error) { return intrinsic("Fn::Or", []any(o)) }

// MarshalJSON renders {"Fn::Not": […]}.
func (n Not) MarshalJSON() ([]byte, error) { return intrinsic("Fn::Not", []any{n.Of}) }

// MarshalJSON renders {"Condition": …}.
func (c Condition) MarshalJSON() ([]byte, error) { return intrinsic("Condition", string(c)) }
