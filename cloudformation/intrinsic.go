package cloudformation

import "github.com/go-sparta/sparta/internal/plainjson"

// Ref is the value of a parameter, or the identifier of a resource: for most types, its name.
type Ref string

// References to values that every stack has.
const (
	AccountID        Ref = "AWS::AccountId"
	NoValue          Ref = "AWS::NoValue" // omits the property
	NotificationARNs Ref = "AWS::NotificationARNs"
	Partition        Ref = "AWS::Partition" // for example aws, aws-cn or aws-us-gov
	Region           Ref = "AWS::Region"
	StackID          Ref = "AWS::StackId"
	StackName        Ref = "AWS::StackName"
	URLSuffix        Ref = "AWS::URLSuffix" // for example amazonaws.com or amazonaws.com.cn
)

// GetAtt is the value of a resource's attribute: GetAtt{"Queue", "Arn"} has the logical ID and the attribute.
type GetAtt [2]string

// Sub is a text in which ${Name} and ${Name.Attribute} are replaced by the values of Ref and GetAtt, and
// ${!Name} by ${Name}.
type Sub string

// SubWith is Sub with additional names.
type SubWith struct {
	Text   string
	Values map[string]any
}

// Join concatenates the values of a list.
type Join struct {
	Separator string
	Values    any // a list, or an intrinsic that results in one
}

// Split splits a text into a list.
type Split struct {
	Separator string
	Value     any
}

// Select is one value of a list.
type Select struct {
	Index int // from 0
	From  any // a list, or an intrinsic that results in one
}

// FindInMap is a constant of the template's Mappings.
type FindInMap struct {
	Map                   string
	TopLevel, SecondLevel any // keys
}

// ImportValue is a value that another stack exports.
type ImportValue struct{ Name any }

// GetAZs lists the availability zones of a region.
type GetAZs struct {
	Region any // nil means the stack's region
}

// Base64 encodes a text, for example as user data of EC2.
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
