package cloudformation

import "github.com/go-sparta/sparta/internal/plainjson"

// Ref is the value of a parameter, or what identifies a resource: for most types
// its name.
type Ref string

// References to what CloudFormation knows of every stack.
const (
	AccountID        Ref = "AWS::AccountId"
	NoValue          Ref = "AWS::NoValue" // leaves the property out
	NotificationARNs Ref = "AWS::NotificationARNs"
	Partition        Ref = "AWS::Partition" // aws, aws-cn, aws-us-gov …
	Region           Ref = "AWS::Region"
	StackID          Ref = "AWS::StackId"
	StackName        Ref = "AWS::StackName"
	URLSuffix        Ref = "AWS::URLSuffix" // amazonaws.com, amazonaws.com.cn …
)

// GetAtt is a resource's logical id and the attribute to get: GetAtt{"Queue", "Arn"}.
type GetAtt [2]string

// Sub is a text in which ${Name} and ${Name.Attribute} stand for what Ref and
// GetAtt give; ${!Name} stands for itself.
type Sub string

// SubWith is Sub with names of its own.
type SubWith struct {
	Text   string
	Values map[string]any
}

// Join strings the values of a list together.
type Join struct {
	Separator string
	Values    any // a list, or an intrinsic that gives one
}

// Split is the list of a text's parts.
type Split struct {
	Separator string
	Value     any
}

// Select is one value of a list.
type Select struct {
	Index int // from 0
	From  any // a list, or an intrinsic that gives one
}

// FindInMap is a constant of the template's Mappings.
type FindInMap struct {
	Map                   string
	TopLevel, SecondLevel any // keys
}

// ImportValue is what another stack exports under a name.
type ImportValue struct{ Name any }

// GetAZs lists the availability zones of a region.
type GetAZs struct {
	Region any // nil means the stack's
}

// Base64 encodes a text, as EC2 wants its user data.
type Base64 struct{ Value any }

// MarshalJSON renders {"Ref": …}.
func (r Ref) MarshalJSON() ([]byte, error) { return intrinsic("Ref", string(r)) }

// MarshalJSON renders {"Fn::GetAtt": […]}.
func (a GetAtt) MarshalJSON() ([]byte, error) { return intrinsic("Fn::GetAtt", [2]string(a)) }

// MarshalJSON renders {"Fn::Sub": …}.
func (s Sub) MarshalJSON() ([]byte, error) { return intrinsic("Fn::Sub", string(s)) }

// MarshalJSON renders {"Fn::Sub": […]}.
func (s SubWith) MarshalJSON() ([]byte, error) {
	if len(s.Values) == 0 {
		return Sub(s.Text).MarshalJSON()
	}
	return intrinsic("Fn::Sub", []any{s.Text, s.Values})
}

// MarshalJSON renders {"Fn::Join": […]}.
func (j Join) MarshalJSON() ([]byte, error) {
	return intrinsic("Fn::Join", []any{j.Separator, j.Values})
}

// MarshalJSON renders {"Fn::Split": […]}.
func (s Split) MarshalJSON() ([]byte, error) {
	return intrinsic("Fn::Split", []any{s.Separator, s.Value})
}

// MarshalJSON renders {"Fn::Select": […]}.
func (s Select) MarshalJSON() ([]byte, error) {
	return intrinsic("Fn::Select", []any{s.Index, s.From})
}

// MarshalJSON renders {"Fn::FindInMap": […]}.
func (f FindInMap) MarshalJSON() ([]byte, error) {
	return intrinsic("Fn::FindInMap", []any{f.Map, f.TopLevel, f.SecondLevel})
}

// MarshalJSON renders {"Fn::ImportValue": …}.
func (i ImportValue) MarshalJSON() ([]byte, error) { return intrinsic("Fn::ImportValue", i.Name) }

// MarshalJSON renders {"Fn::GetAZs": …}.
func (g GetAZs) MarshalJSON() ([]byte, error) {
	if g.Region == nil {
		return intrinsic("Fn::GetAZs", Region)
	}
	return intrinsic("Fn::GetAZs", g.Region)
}

// MarshalJSON renders {"Fn::Base64": …}.
func (b Base64) MarshalJSON() ([]byte, error) { return intrinsic("Fn::Base64", b.Value) }

func intrinsic(name string, argument any) ([]byte, error) {
	return plainjson.Marshal(map[string]any{name: argument})
}
