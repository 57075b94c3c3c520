"""Which models can be talked to here: the same wherever one chooses."""

from django.conf import LazySettings

from zaichat import vendor
from zaichat.zai import catalog


def test_every_model_one_can_choose_answers_in_conversations_on_this_platform(
    settings: LazySettings,
) -> None:
    settings.LOCAL_DEMO = False
    settings.ZAI_BASE_URL = "https://open.bigmodel.cn/api/paas/v4"
    models = vendor.chat_models()
    assert {model.kind for model in models} == set(vendor.CHAT_KINDS)
    assert all("bigmodel" in model.platforms for model in models)
    assert catalog.find("glm-4-voice") not in models


def test_without_a_key_only_the_local_model_can_be_chosen(settings: LazySettings) -> None:
    settings.LOCAL_DEMO = True
    assert [model.name for model in vendor.chat_models()] == ["local-demo"]
