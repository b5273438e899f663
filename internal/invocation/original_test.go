package invocation_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// It reads what package localservice writes.
func TestAFunctionOfAnOriginalApplicationIsChosen(t *testing.T) {
	described := localservice.Service{Stage: "/stage", Functions: []localservice.Function{
		{Description: sparta.FunctionDescription{Name: "First"}, Name: "Shop_First"},
		{
			Description: sparta.FunctionDescription{Name: "Second"}, Name: "Shop_Second",
			Variables: map[string]string{"B": "2", "A": "1"}, Settings: []string{"C=3"},
		},
	}}
	var output bytes.Buffer
	if err := described.Write(&output); err != nil {
		t.Fatal(err)
	}
	got, err := invocation.ChooseOriginal(output.Bytes(), "Second")
	want := invocation.Original{Function: "Shop_Second", Variables: []string{"A=1", "B=2", "C=3"}, Stage: "/stage"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, error %v, want %+v", got, err, want)
	}
	_, err = invocation.ChooseOriginal(output.Bytes(), "")
	if err == nil || !strings.Contains(err.Error(), "First, Second") {
		t.Errorf("without a name, the error is %v", err)
	}
	if _, err := invocation.ChooseOriginal(nil, ""); err == nil {
		t.Error("without a description, there is no error")
	}
}
