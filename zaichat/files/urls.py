"""The addresses of people's bytes."""

from django.urls import path

from zaichat.files import page_views, views

app_name = "files"

urlpatterns = [
    path("files/", views.take, name="take"),
    path("files/from-link/", views.link, name="link"),
    path("files/<uuid:pk>/", views.show, name="show"),
    path("files/<uuid:pk>/pages/", page_views.pages, name="pages"),
    path("files/<uuid:pk>/pages/<int:number>/", page_views.page, name="page"),
    path("files/<uuid:pk>/<str:name>", views.show, name="named"),
]
