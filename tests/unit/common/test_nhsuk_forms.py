"""Django's form fields in the design system's markup."""

from datetime import date

import pytest
from django import forms

from icp.common.nhsuk_dates import DateBox, DayMonthYearField
from icp.common.nhsuk_forms import render_error_summary, render_field, render_form


class RowForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As the board <reads> it.")
    finish = DayMonthYearField(label="Forecast finish", required=False)
    due = forms.DateField(label="Due", widget=DateBox(), required=False)
    rag = forms.ChoiceField(
        label="RAG", choices=[("red", "Red"), ("green", "Green")], widget=forms.RadioSelect
    )
    boards = forms.MultipleChoiceField(
        choices=[("aog", "AOG")], widget=forms.CheckboxSelectMultiple, required=False
    )
    programme = forms.ChoiceField(choices=[("", "Choose"), ("IT", "IT")], required=False)
    reason = forms.CharField(widget=forms.Textarea, required=False)
    know = forms.BooleanField(label="Need to know", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.data.get("name") == "refused":
            raise forms.ValidationError("January is closed.")


def test_a_field_has_a_label_a_hint_and_no_word_optional_when_it_is_required():
    drawn = render_field(RowForm()["name"])
    assert 'for="id_name"' in drawn
    assert "As the board &lt;reads&gt; it." in drawn
    assert 'aria-describedby="id_name-hint"' in drawn
    assert "(optional)" not in drawn


def test_a_field_that_may_stay_empty_says_so_unless_told_not_to():
    assert "Reason (optional)" in render_field(RowForm()["reason"])
    assert "(optional)" not in render_field(RowForm()["reason"], mark_optional=False)


def test_an_error_is_named_beside_its_field_and_linked_from_the_summary():
    form = RowForm({"name": "", "rag": "red"})
    assert 'aria-describedby="id_name-hint id_name-error"' in render_field(form["name"])
    summary = " ".join(render_error_summary(form).split())
    assert '<a href="#id_name"> Name is missing. </a>' in summary


def test_what_was_typed_stays_and_is_escaped():
    form = RowForm({"name": '"><b>', "rag": "red"})
    drawn = render_field(form["name"])
    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn


def test_errors_of_the_whole_form_are_shown_and_linked():
    form = RowForm({"name": "refused", "rag": "red"})
    assert 'href="#form-error-1"' in render_error_summary(form)
    assert 'id="form-error-1"' in render_form(form)


def test_a_form_not_yet_sent_has_no_summary():
    assert render_error_summary(RowForm()) == ""


def test_choices_have_a_legend_and_the_one_chosen_is_marked():
    drawn = render_field(RowForm({"rag": "green"})["rag"])
    assert "nhsuk-fieldset__legend" in drawn
    assert drawn.count("checked") == 1
    assert 'type="radio"' in drawn


def test_several_choices_are_tick_boxes_and_never_radio_buttons():
    drawn = render_field(RowForm({"boards": ["aog"]})["boards"])
    assert 'type="checkbox"' in drawn
    assert "nhsuk-radios" not in drawn


def test_one_tick_box_keeps_its_label_and_its_state():
    assert "checked" in render_field(RowForm({"know": "on"})["know"])
    assert "Tell them" in render_field(RowForm()["know"], label="Tell them")


def test_a_list_marks_what_is_chosen():
    assert 'value="IT" selected' in render_field(RowForm({"programme": "IT"})["programme"])


def test_a_date_has_three_boxes_and_its_summary_leads_to_the_first():
    form = RowForm({"name": "x", "rag": "red", "finish_day": "31", "finish_month": "2"})
    drawn = render_field(form["finish"])
    assert 'name="finish_day"' in drawn
    assert 'value="31"' in drawn
    assert 'href="#id_finish_day"' in render_error_summary(form)


def test_a_date_that_is_not_in_the_calendar_is_refused_with_an_example():
    with pytest.raises(forms.ValidationError, match="real date, for example 31 1 2020"):
        DayMonthYearField().clean(["30", "2", "2020"])


def test_a_date_is_read_and_shown_again():
    assert DayMonthYearField().clean(["29", "2", "2020"]) == date(2020, 2, 29)
    form = RowForm(initial={"finish": date(2020, 3, 31)})
    assert 'value="2020"' in render_field(form["finish"])


def test_a_calendar_box_shows_its_date_as_browsers_read_it():
    form = RowForm(initial={"due": date(2020, 3, 31)})
    assert 'value="2020-03-31"' in render_field(form["due"])
    assert 'type="date"' in render_field(form["due"])


def test_more_arguments_go_to_the_component():
    drawn = render_field(RowForm()["reason"], label__classes="nhsuk-label--m", rows=3)
    assert 'rows="3"' in drawn
    assert "nhsuk-label--m" in drawn


def test_a_hidden_field_stays_hidden():
    assert render_field(RowForm()["secret"]).startswith('<input type="hidden"')
