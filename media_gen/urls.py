"""The addresses of making."""

from django.urls import path

from media_gen.views import deciding, gallery, picking, studio, telling

app_name = "media_gen"

urlpatterns = [
    path("studio/", studio.studio, name="studio"),
    path("studio/fields/", studio.fields, name="fields"),
    path("studio/make/", studio.make, name="make"),
    path("studio/pick/", picking.pick, name="pick"),
    path("studio/jobs/", studio.jobs, name="jobs"),
    path("studio/jobs/<uuid:pk>/cancel/", deciding.cancel, name="cancel"),
    path("studio/jobs/<uuid:pk>/give-up/", deciding.give_up, name="give-up"),
    path("studio/jobs/<uuid:pk>/fetch/", deciding.fetch, name="fetch"),
    path("studio/jobs/<uuid:pk>/again/", studio.again, name="again"),
    path("jobs/", telling.standing, name="standing"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/<uuid:pk>/", gallery.one, name="one"),
    path("gallery/<uuid:pk>/star/", gallery.star, name="star"),
    path("gallery/<uuid:pk>/delete/", gallery.delete, name="delete"),
]
